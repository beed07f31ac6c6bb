"""What a document says becomes records: targets, responsibilities, citations, counts, repairs, conflicts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from loaders import records as rec
from loaders.citations import Cited
from loaders.conflicts import Disagreement
from loaders.damage import Damage
from loaders.declarations import Declared
from loaders.found import Found
from loaders.frame import Frame, digest
from loaders.goals import Goal
from loaders.unit_lists import Mention
from loaders.units import canonical


class Assembly(Frame):
    """The records of one document in the making: its frame, and what is said within it."""

    def targets(self, found: Iterable[Found]) -> None:
        """Targets with their item, section and deadline."""
        for target in found:
            quote, start, end = self.view.quote(target.start, target.end)
            years, basis = self._deadline(target.years, target.this_year)
            if years and self._is_past(years):
                continue
            section = self._section_at(target.figure[0])
            item = self._item_at(target.figure[0])
            key = digest(
                item or section, target.indicator, target.comparator, target.value, target.unit, years
            )
            self._records.append(
                rec.Target(
                    id=self._id("target", key),
                    document=self._document,
                    quote=quote,
                    start=start,
                    end=end,
                    rule="零的突破" if target.qualitative else "figure_with_unit",
                    item=item,
                    section=section,
                    indicator=target.indicator,
                    indicator_as_written=target.written,
                    comparator=target.comparator,
                    value=target.value,
                    value_max=target.value_max,
                    unit=target.unit,
                    growth=target.growth,
                    per_year=target.per_year,
                    baseline_year=target.baseline[0] if target.baseline else None,
                    baseline_value=target.baseline[1] if target.baseline else None,
                    deadline_start=years[0] if years else None,
                    deadline_end=years[1] if years else None,
                    deadline_basis=basis,
                    modality=target.modality,
                    modality_word=target.modality_word,
                    qualitative=target.qualitative,
                    figure=self.view.words(*target.figure),
                    scope=target.scope,
                )
            )

    def _is_past(self, years: tuple[int, int]) -> bool:
        """Whether years lie before those in the title: a plan of 2021 to 2025 sets no target for 2020."""
        period, title = self.meta.period, self.meta.title or ""
        named = period is not None and (str(period[0]) in title or "五”" in title)
        return named and period is not None and years[1] < period[0]

    def _deadline(
        self, years: tuple[int, int] | None, this_year: bool = False
    ) -> tuple[tuple[int, int] | None, rec.DeadlineBasis]:
        """The years that a clause states, else the one year that the whole document covers.

        全年 and 年内 speak of the year of the document's date, unless the text before them names one.
        """
        period = self.meta.period
        if this_year and (years is None or years[0] < years[1]) and self.meta.date:
            year = int(self.meta.date[:4])
            if period is None or period[0] < period[1]:
                return (year, year), "inherited"
        if years is not None:
            return years, "stated"
        return (period, "inherited") if period is not None and period[0] == period[1] else (None, "none")

    def goals(self, found: Iterable[Goal]) -> None:
        """Goals without a figure, with their item, section and deadline."""
        for goal in found:
            quote, start, end = self.view.quote(goal.start, goal.end)
            years, basis = self._deadline(goal.years)
            section, item = self._section_at(goal.end - 1), self._item_at(goal.end - 1)
            self._records.append(
                rec.Goal(
                    id=self._id("goal", digest(item or section, goal.subject, goal.wording, years)),
                    document=self._document,
                    quote=quote,
                    start=start,
                    end=end,
                    rule=goal.rule,
                    item=item,
                    section=section,
                    subject=goal.subject,
                    wording=goal.wording,
                    deadline_start=years[0] if years else None,
                    deadline_end=years[1] if years else None,
                    deadline_basis=basis,
                    modality=goal.modality,
                    modality_word=goal.modality_word,
                )
            )

    def responsibilities(self, mentions: Sequence[Mention]) -> None:
        """Responsibilities inside items; a unit named outside every item answers for none."""
        peers = tuple(sorted({self.view.folded(m.start, m.end) for m in mentions}))
        place = self.meta.place.jurisdiction
        listed = [mention.start for mention in mentions if mention.in_list]
        named = [
            (mention, item, unit, unit.id_in(place, self._document))
            for mention in mentions
            if (item := self._answered(mention, listed)) is not None
            for unit in [canonical(self.view.folded(mention.start, mention.end), place, peers)]
        ]
        known = {(item, unit_id) for mention, item, _, unit_id in named if mention.in_list}
        for mention, item, unit, unit_id in named:
            quote, start, end = self.view.quote(mention.start, mention.end)
            if (item, unit_id) in known and not mention.in_list:
                continue
            known.add((item, unit_id))
            self._records.append(
                rec.Responsibility(
                    id=self._id("responsibility", digest(item, mention.role, unit.name)),
                    document=self._document,
                    quote=quote,
                    start=start,
                    end=end,
                    rule=mention.rule,
                    item=item,
                    unit=unit_id,
                    unit_name=unit.name,
                    as_written=quote,
                    role=mention.role,
                    collective=unit.collective,
                    basis="list" if mention.in_list else "body",
                    name_basis=unit.basis,
                )
            )

    def _answered(self, mention: Mention, listed: Sequence[int]) -> str | None:
        """The item that a mention answers for: one list behind 一是…二是… or (1)…(2)… is for all of them."""
        around = list(self._around(mention.start))
        runs = {"run", "paren-number"}
        if around and mention.in_list and around[0].style in runs and around[0].parent is not None:
            run, above = around[0], around[0].parent
            siblings = above.children
            first = siblings[0].start
            alone = run is siblings[-1] and len(siblings) > 1
            same = "\n" not in self.view.text[first : mention.start]
            if alone and same and not any(first <= at < run.start for at in listed):
                return self._item_at(above.start)
        return self._item_at(mention.start)

    def citations(self, found: Sequence[Cited]) -> None:
        """Citations; the title is given repaired and as written."""
        for cited in found:
            quote, start, end = self.view.quote(cited.start, cited.end)
            written = self.view.source[slice(*self.view.span(*cited.inner))]
            own = cited.relation in {"interprets", "self"}
            title = cited.title if own else re.sub(r"\s+", "", self.view.words(*cited.inner))
            self._records.append(
                rec.Citation(
                    id=self._id("citation", digest(title)),
                    document=self._document,
                    quote=quote,
                    start=start,
                    end=end,
                    rule=f"cited_{cited.relation}",
                    title=title,
                    number=cited.number,
                    relation=cited.relation,
                    resolved=self._document if cited.relation == "self" else None,
                    title_as_written=written,
                    occurrences=cited.occurrences,
                )
            )

    def declarations(self, found: Sequence[Declared]) -> None:
        """Declared counts beside found ones."""
        for declared in found:
            quote, start, end = self.view.quote(declared.start, declared.end)
            self._records.append(
                rec.Declaration(
                    id=self._id("declaration", digest(declared.of, quote)),
                    document=self._document,
                    quote=quote,
                    start=start,
                    end=end,
                    rule="declared_count",
                    of=declared.of,
                    declared=declared.declared,
                    found=declared.found,
                    scope=None,
                    what=declared.what,
                )
            )

    def repairs(self, damage: Sequence[Damage]) -> None:
        """Damaged places, decided or only noticed."""
        for place in damage:
            start, end, raw, repaired = place.shown(self.text)
            self._records.append(
                rec.Repair(
                    id=self._id("repair", digest(place.rule, raw, repaired)),
                    document=self._document,
                    quote=raw,
                    start=start,
                    end=end,
                    rule=place.rule,
                    raw=raw,
                    repaired=repaired,
                    confidence=place.confidence,
                    decided=place.decided,
                )
            )

    def conflicts(self, found: Iterable[Disagreement]) -> None:
        """Disagreements between two targets; the evidence is that of the first."""
        for conflict in found:
            first = conflict.first
            self._records.append(
                rec.Conflict(
                    id=self._id("conflict", digest(conflict.kind, first.id, conflict.second.id)),
                    document=self._document,
                    quote=first.quote,
                    start=first.start,
                    end=first.end,
                    rule=f"conflict_{conflict.kind}",
                    kind=conflict.kind,
                    targets=(first.id, conflict.second.id),
                    explanation=conflict.explanation,
                    confidence=conflict.confidence,
                )
            )
