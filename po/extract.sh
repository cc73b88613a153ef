#!/usr/bin/env bash
# Every message of the sources, as a template: po/extract.sh FILE.pot
set -euo pipefail
cd "$(dirname "$0")/.."
find src -name '*.c' | LC_ALL=C sort | xgettext --files-from=- --from-code=UTF-8 --language=C --add-location=file \
    --package-name=dubao --keyword=_:1,1t --keyword=N_:1,1t \
    --flag=_:1:pass-c-format --flag=N_:1:pass-c-format --flag=ngettext:1:pass-c-format --flag=ngettext:2:pass-c-format \
    --flag=error_set:3:c-format --flag=error_set_errno:3:c-format --flag=table_fault:3:c-format --flag=report_warn:2:c-format \
    --flag=console_say:2:c-format --flag=arena_printf:2:c-format --output="$1"
