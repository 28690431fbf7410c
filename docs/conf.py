# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""How Sphinx makes pages of this folder; see docs/build."""

project = "CloudStack Backup"
author = "The CloudStack Backup Authors"
copyright = "2026, The CloudStack Backup Authors"

extensions = []
exclude_patterns = ["_build"]
nitpicky = True

html_theme = "furo"
html_title = "CloudStack Backup"
html_copy_source = False
