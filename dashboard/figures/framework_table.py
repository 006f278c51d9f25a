"""The records: every framework project and every participation."""

from __future__ import annotations

import pandas as pd

from dashboard.figures.framework import figure, names
from dashboard.figures.model import View
from dashboard.queries import framework as ask

CENT = 0.01


def _projects(view: View) -> pd.DataFrame:
    frame = view.frame(ask.projects).rename(columns={"participants": "participations"})
    pages = [page(code, number) for code, number in zip(frame["code"], frame["record_number"], strict=True)]
    frame.insert(2, "cordis_page", pages)
    return frame.drop(columns=[name for name in ("acronym", "title") if frame[name].isna().all()])


def page(code: str, record_number: str | None) -> str:
    """The address of a project's page at CORDIS; a file without project numbers has the record's number in both."""
    if code == record_number:
        return f"https://cordis.europa.eu/project/rcn/{code}"
    return f"https://cordis.europa.eu/project/id/{code}"


def _participations(view: View) -> pd.DataFrame:
    frame = view.frame(ask.participations)
    return frame.assign(name=names(frame, view))


def _say_projects(frame: pd.DataFrame, view: View) -> str:
    return view.words(
        "figure.framework_projects.alt",
        projects=view.number(len(frame)), participations=view.number(frame["participations"].sum()),
        euros=view.number(frame["eu_contribution"].sum(), 2), known=view.number(frame["eu_contribution"].count()),
    )  # fmt: skip


def _say_participations(frame: pd.DataFrame, view: View) -> str:
    return view.words(
        "figure.framework_participations.alt",
        participations=view.number(len(frame)), organisations=view.number(frame["organisation_code"].nunique()),
        euros=view.number(frame["eu_contribution"].sum(), 2), known=view.number(frame["eu_contribution"].count()),
    )  # fmt: skip


def sums(view: View) -> pd.DataFrame:
    """What CORDIS gives for each project as a whole, and the sum of what it gives for its participants: framework,
    code, of_project, of_participants."""
    whole = view.frame(ask.projects)[["framework", "code", "eu_contribution"]]
    parts = view.frame(ask.participations).groupby(["framework", "code"])["eu_contribution"].sum(min_count=1)
    return whole.rename(columns={"eu_contribution": "of_project"}).merge(
        parts.rename("of_participants").reset_index(), on=["framework", "code"], how="left"
    )


def _note(_: pd.DataFrame, view: View) -> str:
    """Why the two tables' sums differ."""
    found = sums(view)
    whole, parts = found["of_project"].sum(), found["of_participants"].sum()
    differing = ((found["of_project"].fillna(0) - found["of_participants"].fillna(0)).abs() >= CENT).sum()
    said = [view.words("framework.two_sums", whole=view.number(whole, 2), parts=view.number(parts, 2))]
    if differing:
        said.append(view.words("framework.two_sums_differ", count=view.number(differing), all=view.number(len(found))))
    elif whole:
        said.append(view.words("framework.two_sums_agree"))
    return view.sentences(*said)


PROJECTS = figure("framework_projects", _projects, None, _say_projects, None, note=_note)
PARTICIPATIONS = figure("framework_participations", _participations, None, _say_participations, None, note=_note)
