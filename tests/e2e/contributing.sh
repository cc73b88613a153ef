# Every file and folder that CONTRIBUTING.md and README.md name is there, and so is every test, table and rule: a guide that is out of date misleads.
set -euo pipefail
root=${DUBAO_SOURCE:-$(cd "$(dirname "$0")/../.." && pwd)}
failures=0
fail() { printf '%s\n' "$*"; failures=$((failures + 1)); }

cd "$root"
named=0
while IFS= read -r path; do
    named=$((named + 1))
    [[ -e $path ]] || fail "named, but not there: $path"
done < <(grep -ohE '`(src|voices|tests|tools|articles|po|\.ci)/[^` ]*`' "${1:-CONTRIBUTING.md}" README.md | tr -d '`' | grep -vE 'NAME|LANGUAGE' | sort -u)
[[ $named -ge 35 ]] || fail "only $named names were found"

# Whoever adds a table of the language says where its rows are explained.
for table in voices/mandarin/*.tsv; do
    case $(basename "$table") in
    phonemes.tsv | characters.tsv | priors.tsv) continue ;; # made by programs, not by hand
    esac
    grep -q "$table" "${1:-CONTRIBUTING.md}" || fail "CONTRIBUTING.md does not say what goes into $table"
done
grep -q 'FORMATS\[\]' src/audio/soundfile.c || fail "FORMATS is not in src/audio/soundfile.c any more"
grep -q 'PRESETS\[\]' src/commands/presets.c || fail "PRESETS is not in src/commands/presets.c any more"
grep -q 'OPTIONS\[\]' src/commands/options.c || fail "OPTIONS is not in src/commands/options.c any more"
grep -q 'reader_read' src/commands/reader.c || fail "reader_read is not in src/commands/reader.c any more"

[[ $failures -eq 0 ]] || exit 1
echo "$named names hold"
