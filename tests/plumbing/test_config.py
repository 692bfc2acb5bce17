"""Settings come from the environment, each with a default, a unit and a meaning."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend import config
from backend.config import BadSetting


def test_everything_has_a_default_but_the_servers() -> None:
    settings = config.read({"XDG_DATA_HOME": "/somewhere"})
    assert settings.port == 8000
    assert settings.keys == settings.data / "keys"
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.database_url is settings.now is None
    assert not settings.demo


def test_an_empty_value_counts_as_not_given() -> None:
    assert config.read({"TANNHA_PORT": " ", "DATABASE_URL": ""}).database_url is None


def test_the_direct_address_is_the_usual_one_unless_given() -> None:
    assert config.read({"DATABASE_URL": "postgresql://one/tannha"}).direct_url == "postgresql://one/tannha"
    given = config.read({"DATABASE_URL": "postgresql://one/tannha", "TANNHA_DIRECT_URL": "postgresql://two/tannha"})
    assert given.direct_url == "postgresql://two/tannha"


@pytest.mark.parametrize(
    ("env", "value"),
    [
        ("TANNHA_PORT", "0"),
        ("TANNHA_PORT", "abc"),
        ("TANNHA_DEMO", "perhaps"),
        ("TANNHA_WORKERS", "1000"),
        ("TANNHA_PUSH_SERVICES", "https://fcm.googleapis.com"),
        ("TANNHA_PUSH_SERVICES", "http://push.example"),
        ("TANNHA_PUSH_SERVICES", "localhost"),
        ("TANNHA_PUSH_SERVICES", "* *.push.apple.com"),
        ("TANNHA_NOW", "2026-03-02T08:00:00"),
        ("TANNHA_NOW", "2026-03-02T08:00:00+07:00"),
    ],
)
def test_a_bad_setting_is_named(env: str, value: str) -> None:
    with pytest.raises(BadSetting, match=env):
        config.read({env: value})


def test_a_demo_may_start_at_another_time() -> None:
    settings = config.read({"TANNHA_DEMO": "1", "TANNHA_NOW": "2026-03-02T08:00:00+07:00"})
    assert settings.now == datetime(2026, 3, 2, 1, tzinfo=UTC)


def test_another_process_reads_the_same_settings(tmp_path: Path) -> None:
    given = {"TANNHA_DATA": str(tmp_path), "TANNHA_DEMO": "1", "TANNHA_NOW": "2026-03-02T08:00:00+07:00"}
    settings = config.read(given)
    assert config.read(config.environment(settings)) == settings


def test_the_table_names_every_setting_with_its_meaning() -> None:
    shown = config.markdown()
    for setting in config.table().values():
        assert f"| `{setting.env}` | {setting.meaning} |" in shown
    assert set(config.table()) == set(config.Settings.__struct_fields__)
