"""Builds of a slide: shapes that appear one after the other when whoever tells it goes on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.oxml import parse_xml

_NAMES = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
_TIMING = (
    "<p:timing {names}><p:tnLst><p:par>"
    '<p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot"><p:childTnLst>'
    '<p:seq concurrent="1" nextAc="seek">'
    '<p:cTn id="2" dur="indefinite" nodeType="mainSeq"><p:childTnLst>{clicks}</p:childTnLst></p:cTn>'
    '<p:prevCondLst><p:cond evt="onPrev" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond></p:prevCondLst>'
    '<p:nextCondLst><p:cond evt="onNext" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond></p:nextCondLst>'
    "</p:seq></p:childTnLst></p:cTn></p:par></p:tnLst><p:bldLst>{built}</p:bldLst></p:timing>"
)
_CLICK = (
    '<p:par><p:cTn id="{first}" fill="hold"><p:stCondLst><p:cond delay="indefinite"/></p:stCondLst>'
    '<p:childTnLst><p:par><p:cTn id="{second}" fill="hold"><p:stCondLst><p:cond delay="0"/></p:stCondLst>'
    '<p:childTnLst><p:par><p:cTn id="{third}" presetID="1" presetClass="entr" presetSubtype="0" fill="hold" '
    'grpId="0" nodeType="clickEffect"><p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst><p:set>'
    '<p:cBhvr><p:cTn id="{fourth}" dur="1" fill="hold"><p:stCondLst><p:cond delay="0"/></p:stCondLst></p:cTn>'
    '<p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl>'
    "<p:attrNameLst><p:attrName>style.visibility</p:attrName></p:attrNameLst></p:cBhvr>"
    '<p:to><p:strVal val="visible"/></p:to></p:set></p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn>'
    "</p:par></p:childTnLst></p:cTn></p:par>"
)
_BUILT = '<p:bldP spid="{shape}" grpId="0" animBg="1"/>'


def appear_one_by_one(slide: Any, shapes: Sequence[Any]) -> None:
    """Let each of ``shapes`` appear at a click of its own; printed, all of them are there."""
    if not shapes:
        return
    ids = [shape.shape_id for shape in shapes]
    clicks = "".join(
        _CLICK.format(first=at, second=at + 1, third=at + 2, fourth=at + 3, shape=one)
        for at, one in zip(range(3, 3 + 4 * len(ids), 4), ids, strict=True)
    )
    built = "".join(_BUILT.format(shape=one) for one in ids)
    slide._element.append(parse_xml(_TIMING.format(names=_NAMES, clicks=clicks, built=built)))
