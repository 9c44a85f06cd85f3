# ruff: noqa: E501
"""What each brought list holds, row by row, written down by hand while looking at the file.

A row is what it must become, each with the fields that are looked at; "aside" is no item, "out" does not come in.
A place is a line, or a sheet and a row.
"""

from __future__ import annotations

from typing import Any

Row = str | list[tuple[str, dict[str, Any]]]
Place = int | tuple[str, int]


def _old(name: str, unit: str | None, target: str | None, owner: str | None = None) -> Row:
    return [("old_kpis", {"name": name, "unit": unit, "target": target, "owner_role": owner})]


def _kpi(
    name: str, unit: str | None, baseline: float | None, target: float | None, by: str | None = None,
    owner: str | None = None, frequency: str | None = None,
) -> tuple[str, dict[str, Any]]:  # fmt: skip
    told = {"name": name, "unit": unit, "baseline": baseline, "target": target, "target_date": by}
    return "kpis", {**told, "owner_role": owner, "frequency": frequency}


def _aim(kind: str, title: str, **fields: Any) -> tuple[str, dict[str, Any]]:
    return kind, {"title": title, **fields}


HOSPITAL: dict[Place, Row] = {
    1: "aside", 2: "aside", 4: "aside", 5: "aside", 9: "aside", 13: "aside", 17: "aside", 20: "aside", 21: "aside",
    6: _old("Falls with injury, per 1,000 patient days", "number", "2.5 (2026)", "Director of Nursing"),
    7: _old("Hospital-acquired pressure ulcers", "number", "< 8 (2026)", "Director of Nursing"),
    8: _old("Patients who would recommend us", "%", "≥ 85% (2026)", "Chief Medical Officer"),
    10: _old("Median days to first outpatient visit", "days", "28 (2026)", "Head of Outpatient Clinics"),
    11: _old("Left without being seen (ED)", "%", "2.0% (2026)", "ED Manager"),
    12: _old("Same-day cancellations", None, None, "Theatre Manager"),
    14: _old("Operating margin", "%", "2.5% (2026)", "CFO"),
    15: _old("Agency staff cost", "$", "$3,000,000 (2026)", "CFO"),
    16: _old("Days cash on hand", "days", "90 (2026)", "CFO"),
    18: _old("Vacancy rate nurses", "%", "8% (2026)", "HR Director"),
    19: _old("Sick leave", "%", "5 (2026)", "HR Director"),
}  # fmt: skip

_WOON = "Manager Wonen"
HOUSING: dict[Place, Row] = {
    1: "aside", 2: "aside", 3: "aside",
    4: [_aim("outcomes", "Lagere bedrijfslasten per woning"),
        _kpi("Netto bedrijfslasten per woning", "€", 1043.5, 950, "2027", "Manager Financiën", "quarterly")],
    5: [_aim("outcomes", "Lagere bedrijfslasten per woning"),
        _kpi("Rentedekkingsgraad (ICR)", "factor", 1.62, 2, "2027", "Manager Financiën", "yearly")],
    6: [_aim("promises", "Huurders zijn tevreden over reparaties"),
        _kpi("Huurders die hun reparatie een 8 of hoger geven", "%", 64.3, 75, "2027", _WOON, "monthly")],
    7: [_aim("promises", "Huurders zijn tevreden over reparaties"),
        _kpi("Doorlooptijd reparatieverzoek", "dagen", 11.4, 5, "2027", "Teamleider Onderhoud", "monthly")],
    8: [_aim("promises", "Woningzoekenden vinden sneller een woning"),
        _kpi("Gemiddelde inschrijfduur", "maanden", 87, 72, "2027", _WOON, "quarterly")],
    9: [_aim("objectives", "Minder leegstand tussen verhuur en verhuur"),
        _kpi("Mutatieleegstand", "dagen", 38, 25, "2027", "Teamleider Verhuur", "monthly")],
    10: [_aim("objectives", "Woningen zijn energiezuiniger"),
         _kpi("Aandeel woningen met label B of beter", "%", 41.7, 62, "2027", "Manager Vastgoed", "half_yearly")],
    11: [_aim("objectives", "Woningen zijn energiezuiniger"),
         _kpi("CO2-uitstoot per m²", "kg", 17.9, 13.2, "2027", "Manager Vastgoed", "yearly")],
    12: [_aim("enablers", "Medewerkers zijn duurzaam inzetbaar"),
         _kpi("Ziekteverzuim", "%", 6.8, 5, "2027", "Manager HR", "monthly")],
    13: [_aim("enablers", "Medewerkers zijn duurzaam inzetbaar"),
         _kpi("Medewerkers met een ontwikkelgesprek", "%", 54, 95, "2027", "Manager HR", "yearly")],
}  # fmt: skip


def _city(title: str, *kpi: Any) -> Row:
    name, unit, baseline, target, owner, frequency = kpi
    return [_aim("objectives", title), _kpi(name, unit, baseline, target, "2028", owner, frequency)]


CITY_TEXT: dict[Place, Row] = {
    1: "aside",
    2: _city("Repair streets before they fail", "Pavement condition index (citywide)", None, 61, 70,
             "Public Works Director", "yearly"),
    3: _city("Repair streets before they fail", "Potholes closed within 3 days", "%", 58, 90,
             "Streets Superintendent", "monthly"),
    4: _city("Every resident within a 10-minute walk of a park", "Residents within a 10-minute walk of a park", "%",
             66, 75, "Parks Director", "yearly"),
    5: _city("Answer emergency calls faster", "90th percentile response time, priority 1", "min", 9.5, 7,
             "Police Chief", "quarterly"),
    6: _city("Fewer serious crashes", "Serious injury crashes", None, 112, 60, "Traffic Engineer", "quarterly"),
    7: _city("Keep reserves at policy level", "General fund balance as % of expenditure", "%", 14.2, 17,
             "Finance Director", "yearly"),
    8: _city("Fill vacancies sooner", "Days to fill a vacancy", None, 96, 60, "HR Director", "quarterly"),
}  # fmt: skip

NO_HEADER: dict[Place, Row] = {
    1: _old("Net Promoter Score", "#", "30", "Sales Manager"),
    2: _old("Complaints per 1000 orders", "#", "4", "Service Manager"),
    3: _old("On-time delivery", "%", "96", "Logistics Manager"),
    4: _old("First-pass yield", "%", "97", "Plant Manager"),
    5: _old("EBITDA margin", "%", "11", "CFO"),
    6: _old("Staff turnover", "%", "10", "HR Manager"),
}

AGENCY_1: dict[Place, Row] = {
    4: "aside", 6: "aside", 13: "out", 61: "aside", 81: "out",
    8: [("name", {})], 18: [("ambition", {})], 27: [("values", {})], 31: [("values", {})],
    22: [_aim("missions", "We prevent accidents on the nation's inland waterways and learn from every one that happens.")],
    35: [_aim("themes", "Prevent accidents before they happen")],
    45: [_aim("objectives", "Inspect every passenger vessel before the season begins", theme="TH1")],
    56: [_aim("objectives", "Certify pilots on simulators of the stretches they sail", theme="TH1")],
    63: [_aim("objectives", "Warn crews of low water before they sail", theme="TH1")],
    70: [_aim("themes", "Find the causes of every accident and see that they do not recur")],
    75: [_aim("objectives", "Publish investigation reports within one year", theme="TH2")],
    88: [_aim("objectives", "Work with states and shippers as one system", theme=None)],
}  # fmt: skip

AGENCY_2: dict[Place, Row] = {
    3: "aside",
    5: [("name", {})],
    10: [_aim("missions", "Keep the nation's fruit safe to eat.")],
    13: [_aim("themes", "Fruit on the market carries no residues above the limit")],
    17: [
        _aim(
            "objectives",
            "Sample where the risk is greatest",
            owner_role="Division of Laboratories",
            theme="TH1",
        )
    ],
    28: [_kpi("Samples taken at high-risk growers", "Percent", 52.5, 70, "2026-09-30")],
    52: [_kpi("Turnaround of residue tests", "Days", 16, 10, "2026-09-30")],
    66: [_aim("objectives", "Growers know the limits before they spray", theme="TH1")],
    70: [_kpi("Growers who took the course", None, None, None)],
}

OKRS: dict[Place, Row] = {
    2: "aside", 3: "aside", 5: "aside", 8: "aside", 12: "aside", 26: "aside",
    10: [_aim("objectives", "Make the first week with us effortless", owner_role="Head of Product")],
    14: [_kpi("Raise week-1 activation from 41% to 60%", "%", 41, 60)],
    15: [_kpi("Cut median time to first report from 3.5 days to 4 hours", "hours", None, 4)],
    16: [_aim("initiatives", "Launch the guided set-up for all new accounts", objectives=("O1",))],
    18: [_aim("objectives", "Customers stay because support is great")],
    20: [_kpi("First response time below 2 hours", "hours", None, 2, owner="dana")],
    21: [_kpi("CSAT ≥ 92%", "%", None, 92)],
    22: [_kpi("Reduce churn from 2.9% to 2,1% by Q4 2027", "%", 2.9, 2.1, "2027-12")],
    24: [_aim("objectives", "A team that wants to stay")],
    27: [_kpi("eNPS from +12 to +30", None, 12, 30)],
    28: [_aim("initiatives", "Hire two engineering managers")],
}  # fmt: skip

LIBRARY: dict[Place, Row] = {
    1: "aside", 2: "aside", 7: "aside", 15: "aside", 17: "aside",
    4: [_aim("missions", "We connect people with what they want to know.")],
    5: [("ambition", {})], 8: [("values", {})], 9: [("values", {})],
    11: [_aim("themes", "Reach people where they are")],
    12: [_aim("objectives", "Open branches when working people are free", theme="TH1")],
    13: [_aim("initiatives", "Pilot Sunday hours at two branches by 2026", objectives=("O1",), end="2026")],
    14: [_aim("initiatives", "Move story time to evenings and weekends", objectives=("O1",))],
    16: [_aim("objectives", "Bring books to neighborhoods without a branch", theme="TH1")],
    18: [_aim("initiatives", "Buy a second bookmobile", objectives=("O2",))],
    19: [_aim("themes", "Be a place to learn")],
    20: [_aim("objectives", "Help school leavers find work", theme="TH2")],
    21: [_aim("objectives", "Teach digital skills to people over 60", theme="TH2")],
    22: [_aim("initiatives", "Train twelve volunteer coaches")],
    23: [_aim("themes", "Use public money well")],
    24: [_aim("objectives", "Lower the cost per loan", theme="TH3")],
    25: [_aim("objectives", "Replace two thirds of paper forms", theme="TH3")],
}  # fmt: skip

POOL: dict[Place, Row] = {
    1: "aside", 3: "aside", 6: "aside", 10: "aside", 12: "aside", 17: "aside", 23: "aside", 27: "aside",
    4: [_aim("missions", "Iedereen in de regio kan veilig zwemmen.")],
    7: [("values", {})], 8: [("values", {})],
    11: [_aim("promises", "Meer kinderen halen hun zwemdiploma",
              description="Door wachtlijsten beginnen kinderen te laat.")],
    13: [_kpi("Aantal kinderen op de wachtlijst", None, 340, 50)],
    14: [_kpi("Kinderen met diploma A voor hun negende", "%", 71, 85, "2029")],
    15: [_aim("initiatives", "Proef met zaterdaglessen", objectives=("C1",))],
    18: [_aim("objectives", "Baden zijn vaker open")],
    19: [_kpi("Bezettingsgraad van het lesbad", "%", 62, 80)],
    20: [_aim("objectives", "Minder energie per bezoeker")],
    21: [_kpi("kWh per bezoeker", None, 7.4, 5.5)],
    24: [_aim("enablers", "Genoeg bevoegde zweminstructeurs")],
    25: [_kpi("Vacatures die langer dan drie maanden openstaan", None, 9, 2)],
    28: [_aim("outcomes", "Exploitatie zonder tekort")],
    29: [_kpi("Exploitatieresultaat", "€", -210000, 0)],
}  # fmt: skip

EXPORT: dict[Place, Row] = {
    1: "aside",
    2: [_aim("outcomes", "Grow recurring revenue"),
        _kpi("Recurring revenue share", "%", 38, 60, None, "CFO", "monthly")],
    3: [_aim("outcomes", "Acquire customers at lower cost"),
        _kpi("Customer acquisition cost", "EUR", 1240, 900, None, "CMO", "quarterly")],
    4: [_aim("promises", "Keep customers longer"),
        _kpi("Churned customers", "customers", 19, 8, None, "Head of Success", "monthly")],
    5: [_aim("promises", "Keep customers longer"),
        _kpi("Renewal rate", "%", 82, 92, None, "Head of Success", "quarterly")],
    6: [_aim("objectives", "Release without defects customers find"),
        _kpi("Escaped defects", "pcs", 31, 10, None, "QA Lead", "monthly")],
    7: [_aim("objectives", "Release smaller and more often"),
        _kpi("Deployment frequency", "per week", 2, 10, None, "CTO", "weekly")],
    8: [_aim("enablers", "New colleagues productive sooner"),
        _kpi("Time to productivity", "days", 75, 45, None, "Head of People", "half_yearly")],
    9: [_aim("enablers", "People recommend us as an employer"),
        _kpi("Engagement score", "points", 6.8, 8, None, "Head of People", "yearly")],
}  # fmt: skip

MAIL: dict[Place, Row] = {
    1: "aside",
    3: _old("On-time departures", "%", "88 (2026)", "Operations"),
    4: _old("Lost bags per 1,000", "#", "3 (2026)", "Ground handling"),
    5: _old("Security queue over 10 min", "%", "5 (2026)", "Terminal manager"),
    6: _old("Retail spend per passenger", "EUR", "8.50 (2026)", "Commercial"),
    7: _old("Noise complaints", "#", "900 (2026)", "Environment"),
}

_S = "Scorecard FY26"
CITY: dict[Place, Row] = {
    **{(_S, row): "aside" for row in (1, 2, 4, 5, 6, 14, 15)},
    (_S, 7): [_aim("promises", "Streets residents are glad to walk"),
              _kpi("Sidewalk defects per mile", "number", None, 2.5, "2027-06-30", "Public Works"),
              _aim("initiatives", "Grind and patch programme", objectives=("C1",))],
    (_S, 8): [_aim("promises", "Streets residents are glad to walk"),
              _kpi("Residents who feel safe after dark", "%", None, 70, "2027-12-31", "Police")],
    (_S, 9): [_aim("promises", "Permits without a second visit"),
              _kpi("Permits issued on first review", "%", None, 80, "2027-12", "Permitting"),
              _aim("initiatives", "One-stop counter", objectives=("C2",))],
    (_S, 10): [_aim("objectives", "Fix water mains before they break"),
               _kpi("Main breaks per 100 miles", "number", None, 12, "2027-06-30", "Utilities"),
               _aim("initiatives", "Sensor pilot on trunk mains", objectives=("O1",))],
    (_S, 11): [_aim("objectives", "Fix water mains before they break"),
               _kpi("Leaks found by our own patrols", "%", None, 60, "2027-12-31", "Utilities")],
    (_S, 12): [_aim("enablers", "Keep experienced crews"),
               _kpi("Voluntary turnover, field crews", "%", None, 9, "2027-12-31", "HR")],
    (_S, 13): [_aim("outcomes", "Lower the cost of a mile of street"),
               _kpi("Cost per lane mile resurfaced", "$", None, 365000, "2027-12-31", "Finance")],
}  # fmt: skip

_K, _A = "KPI's", "Acties 2027"
WATER: dict[Place, Row] = {
    **{(_K, row): "aside" for row in (1, 2, 3, 6, 9, 13)},
    (_K, 4): _old("Dijkvakken die aan de norm voldoen", "%", "≥ 92,5", "Hoofd Waterkeringen"),
    (_K, 5): _old("Gemalen met een storing langer dan 4 uur", "aantal", "max. 2", "Hoofd Beheer"),
    (_K, 7): _old("Zwemwaterlocaties goed of uitstekend", "%", "95", "Hoofd Waterkwaliteit"),
    (_K, 8): _old("Zuiveringsrendement stikstof", "%", "85,0", "Hoofd Zuiveringen"),
    (_K, 10): _old("Ziekteverzuim", "%", "4,5", "HR"),
    (_K, 11): _old("Kosten per inwonerequivalent", "€", "58,00", "Controller"),
    (_K, 12): _old("nader te bepalen innovatie-indicator", None, None),
    (_A, 1): "aside",
    (_A, 2): [_aim("initiatives", "Dijkversterking Noordkade", owner_role="Hoofd Waterkeringen", start="2027-01-04",
                   end="2028-10-01", resources="€ 4,2 mln")],
    (_A, 3): [_aim("initiatives", "Gemaal Oostpolder op afstand bedienen", owner_role="Hoofd Beheer",
                   start="2027-01", end="2027-12", resources="350000")],
}  # fmt: skip

COLLEGE: dict[Place, Row] = {
    1: [_aim("themes", "IMPROVE STUDENT SUCCESS")],
    2: [_aim("objectives", "Increase first-year retention", theme="TH1")],
    3: [_kpi("Retention rate from 71% to 78% by 2028", "%", 71, 78, "2028")],
    4: [_aim("initiatives", "Appoint success coaches in every school")],
    5: [_aim("objectives", "Shorten time to degree", theme="TH1")],
    6: [_kpi("Median years to degree (baseline 5.1, target 4.5)", None, None, 4.5)],
    8: [_aim("themes", "STRENGTHEN FINANCIAL SUSTAINABILITY")],
    9: [_aim("objectives", "Diversify revenue", theme="TH2")],
    10: [_kpi("Share of revenue outside tuition, 22% → 30%", "%", 22, 30)],
}

READING: dict[Place, Row] = {
    1: [_aim("missions", "Iedereen leert lezen.")],
    3: "aside",
    5: [_aim("objectives", "Meer volwassenen leren lezen")],
    6: [_kpi("Deelnemers aan taalhuizen", None, 1200, 2000)],
    7: [_aim("initiatives", "Nieuwe taalhuizen openen in drie wijken", objectives=("O1",))],
    8: [_aim("objectives", "Vrijwilligers blijven langer")],
    9: [_kpi("Verloop vrijwilligers", "%", 30, 20)],
    11: "aside",
    12: [_aim("risks", "Subsidie loopt af")],
}

OKR_TABLE: dict[Place, Row] = {
    1: "aside",
    2: [_aim("objectives", "Delight customers"), _kpi("Raise NPS from 20 to 40", None, 20, 40, owner="Ann")],
    3: [_aim("objectives", "Delight customers"),
        _kpi("Reduce response time from 8h to 2h", None, 8, 2, owner="Bob")],
    4: [_aim("objectives", "Build a great team"), _kpi("Hire 5 engineers", None, 0, 5, owner="Cy")],
}  # fmt: skip

FERRY: dict[Place, Row] = {
    1: "aside", 2: "aside", 4: "aside", 15: "aside",
    5: [_aim("promises", "Reizigers komen op tijd aan"), _kpi("Afvaarten op tijd", "%", 88.4, 95, "2027", "havenmeester")],
    6: [_aim("promises", "Reizigers komen op tijd aan"), _kpi("Klachten per 1,000 reizigers", "aantal", 4.2, 2.5, "2027", "Hoofd Klantenservice")],
    7: [_aim("promises", "Overstappen zonder wachten"), _kpi("Aansluiting op de bus gehaald", "%", 71.5, 85, "2027", "Planner dienstregeling")],
    8: [_aim("objectives", "Veilig aan boord"), _kpi("Bijna-ongevallen gemeld", "aantal", 12, 30, "2027", "Kapitein")],
    9: [_aim("objectives", "Veilig aan boord"), _kpi("Oefeningen per schip", "aantal per jaar", 6, 12, "2027")],
    10: [_aim("objectives", "Minder brandstof per overtocht"), _kpi("Verbruik per overtocht", "liter", 1240.5, 1050, "2027", "Hoofd Techniek")],
    11: [_aim("outcomes", "Gezonde exploitatie"), _kpi("Kostendekking", "%", 92, 100, "2027", "Directeur Financiën")],
    12: [_aim("outcomes", "Gezonde exploitatie"), _kpi("Omzet vracht", "EUR", 1_250_000, 1_500_000, "2027", "Hoofd Vracht")],
    13: [_aim("enablers", "Bemanning blijft"), _kpi("Verloop dekpersoneel", "%", 14.8, 8, "2027", "P&O")],
    14: [_aim("enablers", "Bemanning blijft"), _kpi("Ziekteverzuim", "%", 7.2, 5, "2027", "P&O")],
}  # fmt: skip

MUSEUM: dict[Place, Row] = {
    2: "aside", 4: "aside", 6: "aside", 9: "aside", 17: "aside", 30: "aside", 31: "aside",
    8: [_aim("objectives", "Families come back within a year")],
    11: [_kpi("Repeat family visits from 18% to 30% by December 2027", "%", 18, 30, "2027-12")],
    12: [_kpi("Average visit from 74 to 95 minutes", "minutes", 74, 95)],
    13: [_kpi("Workshop places filled ≥ 90%", "%", None, 90, None, "Education lead")],
    15: [_aim("objectives", "The collection can be seen from anywhere")],
    19: [("kpis", {"name": "Objects online", "baseline": 12_400, "target": 40_000, "owner_role": "Registrar", "measures": "O2"})],
    20: [("kpis", {"name": "Searches that end at an object", "target": 65, "owner_role": None, "measures": "O2"})],
    22: [_aim("initiatives", "photograph the ship models", objectives=("O2",))],
    23: [_aim("initiatives", "agree rights with the two largest lenders", objectives=("O2",))],
    25: [_aim("objectives", "Volunteers stay")],
    26: [_kpi("Volunteers still here after two years", "%", 52, 70)],
    27: [_kpi("Days until a new volunteer has a first shift from 45 to 14", None, 45, 14)],
    28: [_aim("initiatives", "Ask every leaver why", objectives=("O3",))],
}  # fmt: skip

LINDEN: dict[Place, Row] = {
    1: "aside", 2: "aside", 12: "aside",
    3: _old("Wachttijd polikliniek cardiologie", "dagen", "21"),
    4: _old("Heropnames binnen 30 dagen", "%", "9,5"),
    5: _old("Patiënten die ons aanbevelen", "cijfer", "8,5"),
    6: _old("Doorlooptijd SEH", "uur", "3,5"),
    7: _old("Kosten per opname", "EUR", "€ 4.500"),
    8: _old("Verzuim verpleging", "%", "6"),
    9: _old("Openstaande vacatures verpleging", "fte", "25"),
    10: _old("Brieven binnen één dag bij de huisarts", "%", "95"),
    11: _old("Vallen met letsel", "per 1.000 ligdagen", "max 1,0"),
    13: _old("Operaties op tijd begonnen", "%", "min 90"),
}  # fmt: skip


LISTS: dict[str, tuple[str, dict[Place, Row]]] = {
    "hospital.csv": ("en", HOSPITAL),
    "woonstichting.csv": ("nl", HOUSING),
    "city_utf16.txt": ("en", CITY_TEXT),
    "no_header.csv": ("en", NO_HEADER),
    "agency_part1.xml": ("en", AGENCY_1),
    "agency_part2.xml": ("en", AGENCY_2),
    "okrs.md": ("en", OKRS),
    "plan.txt": ("en", LIBRARY),
    "plan.nl.md": ("nl", POOL),
    "export.csv": ("en", EXPORT),
    "mail.txt": ("en", MAIL),
    "college.txt": ("en", COLLEGE),
    "lezen.md": ("nl", READING),
    "okr.csv": ("en", OKR_TABLE),
    "veer.csv": ("nl", FERRY),
    "museum.md": ("en", MUSEUM),
    "linde.csv": ("nl", LINDEN),
    "city_scorecard.xlsx": ("en", CITY),
    "water_board.xlsx": ("nl", WATER),
}
"""The language of the session that each is brought into, and what it holds."""
