# What an ear notices between two sentences, measured in the finished file: a silence that is not the one planned, a click where it begins or ends,
# a cue that is not where the sound is.
. "$(dirname "$0")/../support/e2e.bash"
page=$source/articles/晨报头版.md
run 0 "$dubao" inspect --json "$page"
mv said plan.json
for voice in man dialogue slow fast; do
    rm -rf out
    run 0 "$dubao" export --voice "$voice" -o out "$page"
    scale=$(awk -F'\t' '$1 == "pause_scale" { print $2 }' "$source/voices/$voice.voice")
    for file in $(jq -r '.articles[].file' out/edition.json); do
        "$soundinfo" seams "out/$file" >seams
        jq -r --arg f "$file" '.articles[] | select(.file == $f) | .id as $id | .sentences[] | "\($id) \(.start_s) \(.end_s)"' out/edition.json >cues
        id=$(head -1 cues | cut -d' ' -f1)
        jq -r --arg id "$id" '.articles[] | select(.id == $id) | .blocks[].sentences[].pause_ms' plan.json >pauses
        is "sentences of $file and those planned" "$(wc -l <cues)" "$(wc -l <pauses)"
        # Between two cues lies one seam, from the one's end to the other's start, as long as planned.
        paste -d' ' cues pauses | awk -v file="$voice/$file" -v scale="$scale" '
            NR == FNR { from[NR] = $1; to[NR] = $2; down[NR] = $3; up[NR] = $4; seams = NR; next }
            FNR > 1 {
                best = 0
                for (i = 1; i <= seams; i++) if (best == 0 || (from[i] - end) ^ 2 < (from[best] - end) ^ 2) best = i
                if ((from[best] - end) ^ 2 > 0.0011 ^ 2) printf "wrong: %s: a cue ends at %s s, the sound at %s s\n", file, end, from[best]
                if ((to[best] - $2) ^ 2 > 0.0011 ^ 2) printf "wrong: %s: a cue starts at %s s, the sound at %s s\n", file, $2, to[best]
                silence = 1000 * (to[best] - from[best])
                if (down[best] > 1 || up[best] > 1) printf "wrong: %s: a step of %s %% down, %s %% up at %s s\n", file, down[best], up[best], end
                if ((silence - pause) ^ 2 > 5 ^ 2) printf "wrong: %s: %s ms of silence at %s s, planned are %s\n", file, silence, end, pause
                checked++
            }
            { end = $3; pause = $4 * scale }
            END { print checked + 0 > "checked" }' seams - >complaints
        [[ ! -s complaints ]] || wrong "$(head -5 complaints)"
        [[ $(<checked) -ge 1 ]] || wrong "no pause between sentences in $file"
        # Within the sentences: every silence that was planned is there, as long as its row of pauses.tsv says, and no click begins or ends it.
        jq -r --arg id "$id" --argjson scale "$scale" '.articles[] | select(.id == $id) | .blocks[].sentences[] |
            ([(.pinyin | split(" ") | length)] + [.pauses[] | "\(.after):\(.ms * $scale)"]) | join(" ")' plan.json >within
        cut -d' ' -f2- cues | paste -d' ' - within | "$soundinfo" pauses "out/$file" >found || wrong "$voice/$file: a planned silence is not there"
        awk -v file="$voice/$file" '($2 - $3) ^ 2 > 5 ^ 2 { printf "%s: %s ms of silence at %s s, planned are %s\n", file, $2, $1, $3 }
            $4 > 1 || $5 > 1 { printf "%s: a step of %s %% down, %s %% up at %s s\n", file, $4, $5, $1 }' found >complaints
        [[ ! -s complaints ]] || wrong "$(head -5 complaints)"
        cat found >>all_found
    done
done
# On the whole, each row within 10 % of the table, and those of the page are many.
awk '{ sum[$3] += $2; n[$3]++ } END { for (ms in n) print ms, sum[ms] / n[ms], n[ms] }' all_found | sort -n >levels
awk '($1 - $2) ^ 2 > ($1 / 10) ^ 2 { exit 1 }' levels || wrong "pauses are not as long as planned: $(<levels)"
[[ $(wc -l <levels) -ge 8 && $(wc -l <all_found) -ge 200 ]] || wrong "too few pauses within sentences: $(<levels)"
[[ $(sort -u pauses | wc -l) -ge 2 ]] || wrong "all pauses are the same"
finish
