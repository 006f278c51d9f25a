"""Who may bring records in by the page: everyone, as long as nobody signs in and the dashboard is this machine's alone.

The server must listen on this machine only, and the visit must have come straight to it: behind a proxy on the same
machine the whole world would seem to sit here.
"""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

import streamlit as st
from streamlit import config

PASSED_ON = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")


def kept_out() -> str:
    """Why the visitor may not bring records in by the page, as a key of `bring.kept_out`; empty where they may."""
    if signs_in():
        return "signs_in"
    if not is_here(config.get_option("server.address")):
        return "listens"
    return "" if came_straight(st.context.headers.to_dict()) else "passed_on"


def signs_in() -> bool:
    """Whether visitors are asked to sign in."""
    return st.secrets.load_if_toml_exists() and "auth" in st.secrets


def is_here(host: str | None) -> bool:
    """Whether a host is this machine and no other can reach it; no host means every one."""
    if not host:
        return False
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def came_straight(headers: Mapping[str, str]) -> bool:
    """Whether a request was made on this machine to this machine, and nobody passed it on."""
    said = {name.lower(): value for name, value in headers.items()}
    if any(name in said for name in PASSED_ON):
        return False
    asked = [urlsplit(f"//{said['host']}").hostname] if "host" in said else []
    asked += [urlsplit(said["origin"]).hostname] if "origin" in said else []
    return all(map(is_here, asked))
