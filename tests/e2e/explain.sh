# dubao text --explain: each piece of a line with the row that decided about it, so that a wrong reading is mended in that row.
. "$(dirname "$0")/../support/e2e.bash"
rules=$source/voices/mandarin

printf '总产量12.68亿吨，增长5%%★。①2021年\n\n第二行\n' >lines
run 0 "$dubao" text lines
cp said plain
run 0 "$dubao" text --explain lines
is "the spoken lines among the pieces" "$(grep -v $'^\t' said)" "$(<plain)"
is "pieces with a row" "$(grep -c $'^\t' said)" 5
# The place is the row that decided: its first words are the name.
while read -r place name; do
    file=${place%%:*}
    row=$(sed -n "${place#*:}p" "$rules/$file")
    [[ ${row%%$'\t'*} == "$name" ]] || wrong "$place is no row of $name: $row"
done < <(awk -F'\t' '/^\t/ { print $4 }' said)
says said $'\t★\t\tsigns.tsv:'

run 0 "$dubao" text --explain --json lines
is "keys" "$(jq -c keys said | sort -u)" '["pieces","spoken","text"]'
is "nothing lost in the text" "$(jq -r '[.pieces[].text] | add // ""' said)" "$(<lines)"
is "nothing lost in the spoken form" "$(jq -r '[.pieces[].spoken] | add // ""' said)" "$(<plain)"
holds '.pieces | all(.rule != null or .text == .spoken)' said
holds '.pieces | length == 0 or .[0].rule == null' said
finish
