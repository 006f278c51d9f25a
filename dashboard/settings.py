"""Settings, read from the environment (`DASHBOARD_…`)."""

import os
from functools import lru_cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "data" / "demo"
STATIC = ROOT / "dashboard" / "static"


class Settings(BaseSettings):
    """One field a setting; the environment variable is its name in capitals after `DASHBOARD_`."""

    model_config = SettingsConfigDict(env_prefix="DASHBOARD_", extra="ignore")

    database_url: str = Field(
        default=f"sqlite:///{ROOT / 'data' / 'programme.db'}",
        description="the database of record, as an SQLAlchemy URL (sqlite:/// or postgresql://)",
    )
    suppression_threshold: int = Field(
        default=5, ge=1, description="counts of people below this are not shown in public views"
    )
    poll_seconds: float = Field(default=1.0, gt=0, le=5, description="how often the record is looked at for changes")


def settings() -> Settings:
    return Settings()


def suppression_threshold() -> int:
    """Below how many people a count is not told, by the environment at this moment."""
    return _threshold(os.environ.get("DASHBOARD_SUPPRESSION_THRESHOLD"))


@lru_cache(maxsize=8)
def _threshold(written: str | None) -> int:  # noqa: ARG001 - what it is kept by: checking all settings takes a millisecond
    return settings().suppression_threshold
