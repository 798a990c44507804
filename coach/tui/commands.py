"""The palette: every action that has a key at this place, under the words of its key."""

from collections.abc import Iterator

from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.dom import DOMNode


class ActionCommands(Provider):
    """All bindings of the screen, the focused widget and the app, so that nothing is reachable by a key alone."""

    async def discover(self) -> Hits:
        for text, help_text, run in self._actions():
            yield DiscoveryHit(text, run, help=help_text)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for text, help_text, run in self._actions():
            score = matcher.match(text)
            if score > 0:
                yield Hit(score, matcher.highlight(text), run, help=help_text)

    def _actions(self) -> Iterator[tuple[str, str, "Runner"]]:
        seen: set[str] = set()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.id and active.enabled and binding.description not in seen:
                seen.add(binding.description)
                key = self.app.get_key_display(binding)
                yield f"{binding.description} ({key})", binding.tooltip, Runner(active.node, binding)


class Runner:
    """Runs a binding's action where it was declared."""

    def __init__(self, node: DOMNode, binding: Binding) -> None:
        self._node = node
        self._binding = binding

    async def __call__(self) -> None:
        await self._node.app.run_action(self._binding.action, self._node)
