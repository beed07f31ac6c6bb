"""An item's place in its plan: where those go that stand beside it. No scoring lives here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from loaders.records import Item

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def company(
    items: Sequence[Item], scores: NDArray[np.float64], actions: Sequence[str]
) -> NDArray[np.float64]:
    """For each item (row) and task (column) the share of the item's neighbours that goes to its action.

    Neighbours stand under the same item, or else in the same section. Each speaks by its best score in each
    action, as a share of its scores in all of them; 0 where an item stands alone. `scores` are items by
    tasks, `actions` name the action of each task.
    """
    import numpy as np

    names = sorted(set(actions))
    column = {name: n for n, name in enumerate(names)}
    of_task = np.array([column[action] for action in actions])
    best = np.stack([scores[:, of_task == n].max(axis=1) for n in range(len(names))], axis=1)
    own = best / (best.sum(axis=1, keepdims=True) + 1e-9)
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for n, item in enumerate(items):
        groups[item.parent or item.section or ""].append(n)
    beside = np.zeros_like(own)
    for members in groups.values():
        if len(members) > 1:
            together = own[members].sum(axis=0)
            beside[members] = (together - own[members]) / (len(members) - 1)
    return np.asarray(beside[:, of_task])
