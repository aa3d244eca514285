"""A mistake of each kind in a document is found, and what is right passes."""

from __future__ import annotations

import shutil

import pytest
from documents import problems_in
from links import broken_links


def document(*lines: str) -> str:
    return "\n".join(["# A page", "", "```sh", *lines, "```", ""])


RIGHT = [
    "npm start -- --help",
    "npm run ingest -- --help",
    "aws lambda invoke --function-name call-logs --cli-binary-format raw-in-base64-out --payload '{}' /dev/stdout",
    "aws s3 ls --recursive s3://bucket/raw/",
    "aws ssm put-parameter --name /a/b --type SecureString --value x --overwrite",
    'DAY=2025-11-20; echo "$DAY"',
    'for day in 1 2; do echo "$day"; done',
    'echo "${RELEASE:-none}" | jq .',
    "terraform -chdir=terraform/bootstrap init -backend-config=x.hcl",
    "terraform -chdir=terraform/bootstrap providers lock -platform=linux_amd64",
    "node deploy/deploy.ts --environment dev --release x",
    "aws mwaa invoke-rest-api --name A --method POST --path /pools --body \"$(jq -nc '{a: 1}')\"",
    'STATE="$(git rev-parse HEAD)"; echo "$STATE"',
]

WRONG = {
    "npm run strat": "no such script",
    "npm start -- --sclae 1": "--sclae",
    "aws lambda invok --function-name x /dev/stdout": "Invalid choice",
    "aws lambda invoke --function-name x --payload '{}'": "outfile",
    "aws s3 cp s3://a/b - --recusive": "--recusive",
    "aws ssm put-parameter --nmae /a --value x": "--name",
    "aws redshift-data execute-statement --sql x --workgroup-name w": "WorkgroupName",
    'aws s3 ls "s3://$LAKE_BUKCET/"': "$LAKE_BUKCET is not defined",
    "terraform -chdir=terraform/bootstrap apply -var no_such_variable=1": "no_such_variable",
    "terraform -chdir=terraform/bootstrap output -raw no_such_output": "no_such_output",
    "terraform -chdir=terraform/nowhere init": "no folder",
    "terraform apply": "without -chdir",
    "node local/cli/nothing.ts": "does not exist",
    "node deploy/deploy.ts --enviroment dev": "--enviroment",
    "deploy-it-all --now": "no program",
    'echo "unclosed': "quote",
    'echo "$(npm run strat)"': "no such script",
}


@pytest.mark.parametrize("line", RIGHT)
def test_what_is_right_passes(line):
    assert problems_in(document(line)) == []


@pytest.mark.parametrize("line", WRONG)
def test_a_mistake_is_found(line):
    (problem,) = problems_in(document(line))
    assert WRONG[line] in problem
    assert problem.startswith("4:") or "quote" in problem


@pytest.mark.skipif(shutil.which("terraform") is None, reason="terraform itself says which flags it takes")
def test_a_flag_that_terraform_does_not_take_is_found():
    (problem,) = problems_in(document("terraform -chdir=terraform/bootstrap init -bakend-config=x"))
    assert "-bakend-config" in problem


def test_variables_of_the_folders_readme_are_there():
    page = document('echo "$STAGE"')
    assert problems_in(page) == ["4: $STAGE is not defined"]
    assert problems_in(page, set_before=document("STAGE=dev")) == []


def test_blocks_that_are_not_shell_are_left_alone():
    assert problems_in("```python\nnpm run strat\n```\n") == []


def test_links_lead_to_files_and_headings(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Title of `it`\n\n## Twice\n\n## Twice\n\n```sh\n# no heading\n```\n")

    def broken(link):
        return broken_links(tmp_path / "other.md", f"See [it]({link}).\n")

    for good in ["page.md", "page.md#title-of-it", "page.md#twice-1", "https://example.com/x"]:
        assert broken(good) == []
    assert broken("gone.md") == ["1: gone.md is not there"]
    assert broken("page.md#no-heading") == ["1: page.md#no-heading: no such heading"]
    assert broken_links(page, "see `[x](gone.md)`") == []
