"""Hook specifications, discovery and the typed plugin host.

A plugin is a module with functions that are named like hooks and marked ``@hookimpl``;
its distribution names the module as an entry point of the group ``silog.v1``. All that
a plugin's module needs from here is `hookimpl` and `Manifest`.
"""

from __future__ import annotations

from silog_core.domain.manifest import Manifest as Manifest
from silog_core.plugins.markers import GROUP as GROUP
from silog_core.plugins.markers import HOOK_API as HOOK_API
from silog_core.plugins.markers import hookimpl as hookimpl
