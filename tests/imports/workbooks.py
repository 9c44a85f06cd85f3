# ruff: noqa: E501
"""Two workbooks as people send them, made anew for each test run: merged cells, percentages, dates, sums."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import cast

import openpyxl
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet


def city_scorecard(path: Path) -> Path:
    """An English scorecard with three rows of headings, merged cells, percentages, dates and a hidden sheet."""
    book = openpyxl.Workbook()
    sheet = cast(Worksheet, book.active)
    sheet.title = "Scorecard FY26"
    for row in (
        ("City of Harrow Bend – Balanced Scorecard",),
        ("Updated", date(2026, 9, 30), None, None, None, None, None, None, "INTERNAL"),
        (),
        ("Perspective", "Objective", "KPI", None, "Target", None, None, "Owner", "Initiative"),
        (None, None, "Name", "Unit", "FY2026", "FY2027", "Due", None, "Name"),
        (None, None, None, None, "approved", "proposed", None, None, None),
        ("Citizens", "Streets residents are glad to walk", "Sidewalk defects per mile", "number", 4, 2.5,
         datetime(2027, 6, 30), "Public Works", "Grind and patch programme"),
        (None, None, "Residents who feel safe after dark", None, 0.61, 0.7, datetime(2027, 12, 31), "Police", None),
        (None, "Permits without a second visit", "Permits issued on first review", None, 0.55, 0.8, "Q4 2027",
         "Permitting", "One-stop counter"),
        ("Internal Process", "Fix water mains before they break", "Main breaks per 100 miles", "number", "18", "12",
         46568, "Utilities", "Sensor pilot on trunk mains"),
        (None, None, "Leaks found by our own patrols", None, 0.35, 0.6, "12/31/2027", "Utilities", None),
        ("Learning & Growth", "Keep experienced crews", "Voluntary turnover, field crews", None, 0.14, 0.09,
         datetime(2027, 12, 31), "HR", None),
        ("Financial", "Lower the cost of a mile of street", "Cost per lane mile resurfaced", "$", "$410,000", "$365,000",
         datetime(2027, 12, 31), "Finance", None),
        ("Total KPIs", None, "=COUNTA(C7:C13)"),
        ("Note: FY starts July 1",),
    ):  # fmt: skip
        sheet.append(row)
    for merged in (
        "A1:I1",
        "A4:A6",
        "B4:B6",
        "C4:D4",
        "E4:G4",
        "H4:H6",
        "A7:A9",
        "B7:B8",
        "A10:A11",
        "B10:B11",
    ):
        sheet.merge_cells(merged)
    for place in ("E8", "F8", "E9", "F9", "E11", "F11", "E12", "F12"):
        sheet[place].number_format = "0%"
    for row in range(16, 400):
        sheet.cell(row, 1).fill = PatternFill("solid", fgColor="FFF2CC")
    hidden = book.create_sheet("Lists")
    hidden.sheet_state = "hidden"
    hidden.append(["KPI", "Target"])
    hidden.append(["not for the board", 1])
    book.create_sheet("Chart data").append([1, 2, 3])
    book.save(path)
    return path


def water_board(path: Path) -> Path:
    """A Dutch list of KPIs without objectives: sections, decimal commas as text, a list of actions beside it."""
    book = openpyxl.Workbook()
    sheet = cast(Worksheet, book.active)
    sheet.title = "KPI's"
    for row in (
        ("KPI-dashboard 3e kwartaal",),
        ("Nr", "Naam KPI", "Definitie", "Eenheid", "Norm", "Realisatie", "Frequentie", "Verantwoordelijke",
         "Opmerkingen"),
        ("WATERVEILIGHEID",),
        (1, "Dijkvakken die aan de norm voldoen", "km op orde / km totaal", "%", "≥ 92,5", "88,1", "jaarlijks",
         "Hoofd Waterkeringen", None),
        (2, "Gemalen met een storing langer dan 4 uur", "aantal per kwartaal", "aantal", "max. 2", 5, "per kwartaal",
         "Hoofd Beheer", "vooral Oostpolder"),
        ("WATERKWALITEIT",),
        (3, "Zwemwaterlocaties goed of uitstekend", None, "%", "95", "91,0", "jaarlijks", "Hoofd Waterkwaliteit", None),
        (4, "Zuiveringsrendement stikstof", "(in - uit) / in", "%", "85,0", "83,4", "maandelijks", "Hoofd Zuiveringen",
         None),
        ("BEDRIJFSVOERING",),
        (5, "Ziekteverzuim", "12-maands gemiddelde", "%", "4,5", "5,2", "maandelijks", "HR", "n.v.t."),
        (6, "Kosten per inwonerequivalent", None, "€", "58,00", "61,75", "jaarlijks", "Controller", None),
        (7, "nader te bepalen innovatie-indicator", None, None, "n.t.b.", None, None, None, None),
        (None, "Gemiddeld", None, "%", "=AVERAGE(E4:E9)"),
    ):  # fmt: skip
        sheet.append(row)
    for merged in ("A1:I1", "A3:I3", "A6:I6", "A9:I9"):
        sheet.merge_cells(merged)
    actions = book.create_sheet("Acties 2027")
    for row in (
        ("Actie", "Trekker", "Start", "Gereed", "Budget"),
        (
            "Dijkversterking Noordkade",
            "Hoofd Waterkeringen",
            datetime(2027, 1, 4),
            datetime(2028, 10, 1),
            "€ 4,2 mln",
        ),
        ("Gemaal Oostpolder op afstand bedienen", "Hoofd Beheer", "Q1 2027", "eind 2027", 350000),
    ):
        actions.append(row)
    book.save(path)
    return path
