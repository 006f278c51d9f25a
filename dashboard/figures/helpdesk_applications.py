"""The figures of the applications that the help desk supported: from case to application to result."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.charts import native
from dashboard.charts.alluvial import alluvial
from dashboard.charts.diverging import mixed
from dashboard.charts.ranges import ranges
from dashboard.figures.helpdesk import against_all, asked, percent, rows, with_wilson
from dashboard.figures.model import Figure, View
from dashboard.indicators import reconciliation
from dashboard.queries import applications as ask
from dashboard.queries import helpdesk as records
from dashboard.text import format

DESKS = ("eu", "japan", "h2020_contact_point", "several")


def _draw_pathways(frame: pd.DataFrame, view: View) -> Any:
    ordered = frame.sort_values("supported_by", key=lambda codes: codes.map(DESKS.index), ignore_index=True)
    desks = ordered.groupby("supported_by")[["applications", "supporting_cases"]].sum()
    results = ordered.groupby("application_status")["applications"].sum()
    desk_labels = {
        desk: [
            view.words(f"code.supported_by.{desk}"),
            view.words("helpdesk.support", cases=view.number(cases), applications=view.number(applications)),
        ]
        for desk, applications, cases in desks.itertuples()
    }  # fmt: skip
    result_names = {code: view.words(f"code.application_status.{code}") for code in results.index}
    drawn = pd.DataFrame(
        {
            "source": ordered["supported_by"], "target": ordered["application_status"],
            "value": ordered["applications"],
            "source_label": ordered["supported_by"].map(lambda desk: "\n".join(desk_labels[desk])),
            "target_label": ordered["application_status"].map(
                lambda code: view.words("helpdesk.result", name=result_names[code], count=view.number(results[code]))
            ),
            "label": [
                f"{view.words(f'code.supported_by.{row.supported_by}')} → {result_names[row.application_status]}: "
                f"{view.number(row.applications)}"
                for row in rows(ordered)
            ],
        }
    )  # fmt: skip
    colours = view.colours
    fills = {
        "funded": colours.eu, "reserve": mixed(colours.eu, colours.page, 0.5), "rejected": colours.muted,
        "submitted": mixed(colours.muted, colours.page, 0.4),
    }  # fmt: skip
    return alluvial(drawn, colours, fills, 320)


def _say_pathways(frame: pd.DataFrame, view: View) -> str:
    results = frame.groupby("application_status")["applications"].sum()
    every, waiting = results.sum(), results.get("submitted", 0)
    return view.words(
        "figure.pathways.finding" if every > waiting else "figure.pathways.finding_waiting",
        cases=view.number(frame["supporting_cases"].sum()), applications=view.number(every),
        funded=view.number(results.get("funded", 0)), decided=view.number(every - waiting),
    )  # fmt: skip


PATHWAYS = Figure(
    "pathways", asked(ask.pathways), _draw_pathways, _say_pathways, records.applications, "applications_supported",
    title=_say_pathways,
)  # fmt: skip


def _success(view: View) -> pd.DataFrame:
    """All applications first, then the parts with most decided ones; beside them the published average."""
    average = reconciliation.average("application_success_rate", view.store, view.filters)
    return _shares(view).assign(average_percent=100 * average.value if average else float("nan"))


def _shares(view: View) -> pd.DataFrame:
    found = view.frame(ask.by_part).sort_values(["decided", "part"], ascending=[False, True])
    parts = view.localise(found, "part").drop(columns="part_ja")
    if not parts["decided"].sum():
        return with_wilson(parts.iloc[:0], "funded", "decided")
    whole = parts[["applications", "decided", "funded"]].sum().to_frame().T.assign(part=None)
    ordered = parts.assign(part=parts["part"].fillna(view.words("helpdesk.no_part")))
    compared = against_all(ordered, "funded", "decided", whole.iloc[0])
    return with_wilson(pd.concat([whole[parts.columns], compared], ignore_index=True), "funded", "decided")


def _success_rows(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    known = frame[frame["decided"] > 0]
    return pd.DataFrame(
        {
            "name": known["part"].fillna(view.words("helpdesk.all_applications")), "series": "share",
            "value": known["share_percent"], "low": known["low_percent"], "high": known["high_percent"],
            "label": [
                view.words("helpdesk.funded_of", share=percent(row.share_percent, view), funded=view.number(row.funded),
                           decided=view.number(row.decided))
                for row in rows(known)
            ],
        }
    )  # fmt: skip


def _draw_success(frame: pd.DataFrame, view: View) -> Any:
    average = frame["average_percent"].max()
    named = view.words("helpdesk.average", share=format.share(average / 100, view.language, 1))
    return ranges(
        _success_rows(frame, view), view.colours, {"share": view.colours.eu}, top=100, unit="%",
        reference=None if pd.isna(average) else (float(average), named),
    )  # fmt: skip


def _success_natively(frame: pd.DataFrame, view: View) -> native.Native:
    return native.ranges(
        _success_rows(frame, view), view.colours, {"share": view.colours.eu}, top=100, unit="%",
        measure=view.words("column.share_percent"),
    )  # fmt: skip


def _say_success(frame: pd.DataFrame, view: View) -> str:
    every, parts = frame.iloc[0], frame.iloc[1:]
    apart = parts["apart"] != "same"
    names = format.listing([str(part) for part in parts.loc[apart, "part"]], view.language)
    return view.words(
        "figure.success.finding_apart" if apart.any() else "figure.success.finding",
        share=percent(every["share_percent"], view), funded=view.number(every["funded"]),
        decided=view.number(every["decided"]), names=names,
    )  # fmt: skip


def _note_success(frame: pd.DataFrame, view: View) -> str:
    every = frame.iloc[0]
    average = reconciliation.average("application_success_rate", view.store, view.filters)
    beside = view.words(
        "figure.success.average", share=format.share(average.value, view.language, 1), source=average.source_title,
        statement=(view.language == "ja" and average.statement_ja) or average.statement,
    ) if average else ""  # fmt: skip
    said = view.words(
        "figure.success.note",
        waiting=view.number(every["applications"] - every["decided"]),
        low=percent(every["low_percent"], view), high=percent(every["high_percent"], view),
        clearly=view.words("helpdesk.clearly", count=view.number(len(frame) - 1)),
    )  # fmt: skip
    return view.words("punctuation.space").join(filter(None, (said, beside)))


SUCCESS = Figure(
    "success", _success, _draw_success, _say_success, records.applications, "application_success_rate",
    title=_say_success, note=_note_success, native=_success_natively,
)  # fmt: skip
