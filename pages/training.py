"""Training seminars and what came of them, along Kirkpatrick's four levels."""

from dashboard.figures import (
    training,
    training_behaviour,
    training_groups,
    training_learning,
    training_reaction,
    training_results,
)
from dashboard.indicators.catalogue import keys_of
from dashboard.indicators.model import Strand
from dashboard.ui.figure_card import section, show
from dashboard.ui.opening import open_area

open_area("training", training.headline, keys_of(Strand.TRAINING))

section("training.people")
show(training.PARTICIPANTS)

section("training.reaction")
show(training_reaction.SATISFACTION)
show(training_reaction.RECOMMENDATION)

section("training.learning")
show(training_learning.SCORES)

section("training.behaviour")
show(training_behaviour.BEHAVIOUR)
show(training_behaviour.FOLLOW_UP)

section("training.results")
show(training_results.ORIGINS)
show(training_results.AROUND)

section("training.sides")
show(training_groups.SCORES_BY_SIDE)
show(training_groups.APPLIED_BY_SIDE)

section("training.institutions")
show(training_groups.SCORES_BY_KIND)
show(training_groups.APPLIED_BY_KIND)
show(training_groups.SCORES_BY_COUNTRY)

section("records")
show(training.TABLE)
