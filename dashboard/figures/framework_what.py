"""What framework projects are about: the part of the programme that pays for them, and their fields of science."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import pandas as pd

from dashboard.charts import native
from dashboard.charts.ladder import ladder
from dashboard.figures.framework import euros, figure, programme_fills
from dashboard.figures.leading import as_many, tied
from dashboard.figures.model import View
from dashboard.queries import framework as ask
from dashboard.queries import framework_more as more

SHOWN = 16
OTHER = "other"

# The programmes' parts by the code that CORDIS gives them, as far as `queries.framework_more.PART` tells them apart.
# Parts of the same purpose have the same words; the programme's name tells them apart.
PARTS = {
    "H2020-EU.1.1.": "erc", "HORIZON.1.1": "erc", "FP7-IDEAS-ERC": "erc", "H2020-EU.1.2.": "fet",
    "H2020-EU.1.3.": "msca", "HORIZON.1.2": "msca", "FP7-PEOPLE": "people",
    "H2020-EU.1.4.": "infrastructures", "HORIZON.1.3": "infrastructures", "FP7-INFRASTRUCTURES": "infrastructures",
    "H2020-EU.2.1.": "leit", "H2020-EU.2.2.": "risk_finance", "H2020-EU.2.3.": "sme", "FP7-SME": "sme",
    "H2020-EU.3.1.": "health_ageing", "HORIZON.2.1": "health", "FP7-HEALTH": "health",
    "H2020-EU.3.2.": "food", "HORIZON.2.6": "food_nature", "FP7-KBBE": "food",
    "H2020-EU.3.3.": "energy", "FP7-ENERGY": "energy", "H2020-EU.3.4.": "transport", "FP7-TRANSPORT": "transport",
    "H2020-EU.3.5.": "climate", "FP7-ENVIRONMENT": "climate", "HORIZON.2.5": "climate_energy_mobility",
    "H2020-EU.3.6.": "societies", "FP7-SSH": "societies", "HORIZON.2.2": "culture",
    "H2020-EU.3.7.": "security", "FP7-SECURITY": "security", "HORIZON.2.3": "security",
    "HORIZON.2.4": "digital_industry_space", "FP7-ICT": "ict", "FP7-NMP": "nmp", "FP7-SPACE": "space",
    "HORIZON.3.1": "eic", "HORIZON.3.2": "ecosystems", "H2020-EU.7.": "eit", "HORIZON.3.3": "eit",
    "H2020-EU.4.": "widening", "HORIZON.4": "widening_era", "FP7-REGPOT": "widening", "FP7-REGIONS": "regions",
    "H2020-EU.5.": "science_society", "FP7-SIS": "science_society", "H2020-EU.6.": "jrc",
    "FP7-INCO": "inco", "FP7-COH": "policies", "FP7-JTI": "jti",
    "H2020-Euratom": "euratom", "FP7-EURATOM": "euratom", "FP7-EURATOM-FISSION": "euratom",
    "FP7-EURATOM-FUSION": "euratom", "EURATOM": "euratom",
}  # fmt: skip

# EuroSciVoc's upper two levels; a field that is not here is shown as CORDIS writes it.
FIELDS = (
    "natural_sciences", "mathematics", "computer_and_information_sciences", "physical_sciences", "chemical_sciences",
    "earth_and_related_environmental_sciences", "biological_sciences", "other_natural_sciences",
    "engineering_and_technology", "civil_engineering",
    "electrical_engineering_electronic_engineering_information_engineering", "mechanical_engineering",
    "chemical_engineering", "materials_engineering", "medical_engineering", "environmental_engineering",
    "environmental_biotechnology", "industrial_biotechnology", "nanotechnology", "other_engineering_and_technologies",
    "medical_and_health_sciences", "basic_medicine", "clinical_medicine", "health_sciences", "medical_biotechnology",
    "other_medical_sciences",
    "agricultural_sciences", "agriculture_forestry_and_fisheries", "animal_and_dairy_science", "veterinary_sciences",
    "agricultural_biotechnology", "other_agricultural_sciences",
    "social_sciences", "psychology", "economics_and_business", "educational_sciences", "sociology", "law",
    "political_sciences", "social_geography", "media_and_communications", "other_social_sciences",
    "humanities", "history_and_archaeology", "languages_and_literature", "philosophy_ethics_and_religion", "arts",
    "other_humanities",
)  # fmt: skip


def part_name(part: str | None, view: View) -> str:
    """A programme part in words, or its code where we have none."""
    if pd.isna(part) or part is None:
        return view.words("framework.part_unknown")
    return view.words(f"part.{PARTS[part]}") if part in PARTS else part


def field_name(written: str, view: View) -> str:
    """A field of science in the viewer's language, or as CORDIS writes it."""
    key = re.sub(r"[^a-z]+", "_", written.casefold()).strip("_")
    return view.words(f"science.{key}") if key in FIELDS else written


def _label(count: float, contribution: float | None, view: View) -> str:
    said = view.number(count)
    if contribution is None or pd.isna(contribution):
        return view.words("framework.count_alone", count=said)
    return view.words("framework.count_and_amount", count=said, amount=euros(contribution, view))


def _parts(view: View) -> pd.DataFrame:
    frame = view.frame(more.by_part)
    names = [part_name(part, view) for part in frame["part"]]
    frame = frame.assign(programme_part=frame["part"], part_name=names).drop(columns="part")
    known = frame["programme_part"].notna()
    return pd.concat([frame[known], frame[~known]], ignore_index=True)[
        ["framework", "programme_part", "part_name", "projects", "eu_contribution"]
    ]


def _draw_parts(frame: pd.DataFrame, view: View, form: Any = ladder) -> Any:
    known = frame["programme_part"].notna()
    several = frame["framework"][known].nunique() > 1
    drawn = pd.concat([frame[known].head(SHOWN), frame[~known]])
    spoken = [view.words(f"code.framework.{code}") for code in drawn["framework"]]
    rows = pd.DataFrame(
        {
            "key": drawn["framework"] + " " + drawn["programme_part"].fillna("").astype(str),
            "name": [
                view.words("framework.part_of", part=name, framework=programme) if several or pd.isna(part)
                else name
                for name, programme, part in zip(drawn["part_name"], spoken, drawn["programme_part"], strict=True)
            ],
            "value": drawn["projects"],
            "label": [
                _label(row.projects, row.eu_contribution, view) for row in drawn.itertuples(index=False)
            ],
            "group": drawn["framework"].where(drawn["programme_part"].notna(), OTHER),
        }
    )  # fmt: skip
    fills = programme_fills(view) | {OTHER: view.colours.border}
    return form(rows, view.colours, fills, view.words("column.projects"))


def _say_parts(frame: pd.DataFrame, view: View) -> str:
    known = frame.dropna(subset=["programme_part"])
    if known.empty:
        return view.words("figure.framework_parts.unknown")
    top = known.iloc[0]
    said = view.words(
        "figure.framework_parts.finding", part=top["part_name"], count=view.number(top["projects"]),
        framework=view.words(f"code.framework.{top['framework']}"),
        known=view.number(_count(view) - frame["projects"][frame["programme_part"].isna()].sum()),
    )  # fmt: skip
    return as_many(said, list(known["part_name"][tied(known["projects"])]), view)


def _count(view: View) -> int:
    return int(view.frame(ask.totals)["projects"].iloc[0])


def _note_parts(frame: pd.DataFrame, view: View) -> str:
    known = frame["programme_part"].notna()
    parts = [
        view.words("framework.parts_note", shown=view.number(min(known.sum(), SHOWN)), all=view.number(known.sum()))
    ]
    if not known.all():
        count = view.number(frame["projects"][~known].sum())
        parts.append(view.words("framework.parts_unknown", count=count))
    return view.words("punctuation.space").join(parts)


PARTS_OF_PROGRAMMES = figure(
    "framework_parts", _parts, _draw_parts, _say_parts, ask.projects, note=_note_parts,
    native=partial(_draw_parts, form=native.ladder),
)  # fmt: skip


def _fields(view: View) -> pd.DataFrame:
    """Each broad field and below it its narrow ones, both by projects."""
    frame = view.frame(more.by_field)
    broad = frame[frame["narrow"].isna()].reset_index(drop=True)
    place = dict(zip(broad["broad"], broad.index, strict=True))
    ordered = frame.assign(place=frame["broad"].map(place), depth=frame["narrow"].notna()).sort_values(
        ["place", "depth", "projects"], ascending=[True, True, False], kind="stable"
    )
    return pd.DataFrame(
        {
            "broad_field": [field_name(written, view) for written in ordered["broad"]],
            "narrow_field": [None if pd.isna(one) else field_name(one, view) for one in ordered["narrow"]],
            "projects": ordered["projects"].to_numpy(), "eu_contribution": ordered["eu_contribution"].to_numpy(),
        }
    )  # fmt: skip


def _draw_fields(frame: pd.DataFrame, view: View, form: Any = ladder) -> Any:
    below = frame["narrow_field"].notna()
    rows = pd.DataFrame(
        {
            "key": frame["broad_field"] + "/" + frame["narrow_field"].fillna("").astype(str),
            "name": frame["narrow_field"].where(below, frame["broad_field"]), "value": frame["projects"],
            "label": [_label(row.projects, row.eu_contribution, view) for row in frame.itertuples(index=False)],
            "group": ["narrow" if one else "broad" for one in below], "below": below, "strong": ~below,
        }
    )  # fmt: skip
    fills = {"broad": view.colours.eu, "narrow": view.colours.muted}
    return form(rows, view.colours, fills, view.words("column.projects"))


def _say_fields(frame: pd.DataFrame, view: View) -> str:
    top = frame.iloc[0]
    said = view.words(
        "figure.framework_fields.finding", field=top["broad_field"], count=view.number(top["projects"]),
        known=view.number(view.frame(more.with_fields)["projects"].iloc[0]),
    )  # fmt: skip
    broad = frame.drop_duplicates("broad_field").set_index("broad_field")
    return as_many(said, tied(broad["projects"]), view)


def _note_fields(_: pd.DataFrame, view: View) -> str:
    known = view.number(view.frame(more.with_fields)["projects"].iloc[0])
    return view.words("framework.fields_note", known=known, all=view.number(_count(view)))


FIELDS_OF_SCIENCE = figure(
    "framework_fields", _fields, _draw_fields, _say_fields, ask.projects, note=_note_fields,
    native=partial(_draw_fields, form=native.ladder),
)  # fmt: skip
