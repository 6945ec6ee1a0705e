"""What pyproject.toml cannot say: where the project is. Whoever releases it knows (.github/workflows/release.yml).

``PROJECT_ADDRESS=https://github.com/OWNER/newscrawl`` lists the project's addresses and makes the README's relative
links lead to the release's tag there, so that they hold on an index. Without it, the README stays as it is.
"""

import os
import re
import runpy
from pathlib import Path

from setuptools import setup

#: A link or an image in Markdown that leads to a file of the project or to a heading of the README.
RELATIVE = re.compile(r"(!?\[[^\]]*\]\()(?!\w+:)([^)\s]*)(?=\))")

ROOT = Path(__file__).parent
TAG = "v" + runpy.run_path(str(ROOT / "newscrawl" / "version.py"))["__version__"]


def absolute(readme: str, project: str) -> str:
    """The README with links to the project's files at ``TAG``."""

    def lead(link: re.Match[str]) -> str:
        before, path = link.groups()
        view = "raw" if before.startswith("!") else "blob"
        return f"{before}{project}/{view}/{TAG}/{'README.md' if path.startswith('#') else ''}{path}"

    return RELATIVE.sub(lead, readme)


project = os.environ.get("PROJECT_ADDRESS", "").rstrip("/")
readme = (ROOT / "README.md").read_text(encoding="utf8")
setup(
    long_description=absolute(readme, project) if project else readme,
    long_description_content_type="text/markdown",
    project_urls={
        "Source": project,
        "Documentation": f"{project}/blob/{TAG}/docs/index.md",
        "Changelog": f"{project}/blob/{TAG}/CHANGELOG.md",
        "Issues": f"{project}/issues",
    }
    if project
    else {},
)
