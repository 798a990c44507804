"""Put the app together and run it."""

from coach import paths
from coach.bank.bank import Bank
from coach.bank.drafts import open_drafts
from coach.matching.opening import open_encoder
from coach.matching.vectors import CachedEncoder, VectorCache
from coach.principles.principle import PrincipleSet
from coach.settings import Settings
from coach.tui.app import CoachApp
from coach.tui.workspace import Workspace


def run(bank: Bank, principle_set: PrincipleSet, settings: Settings) -> None:
    encoder = CachedEncoder(open_encoder(settings.encoder), VectorCache(paths.cache_folder() / "vectors.sqlite"))
    workspace = Workspace(bank, open_drafts(bank), encoder, principle_set, paths.config_file(), settings)
    CoachApp(workspace).run()
