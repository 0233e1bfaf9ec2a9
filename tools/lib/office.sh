# What tools/demo does in the office: a server of its own, and the steps of a tranche as functions.
# Bash, to be sourced after tools/lib/build.sh.

# office_open FOLDER: makes a ledger in FOLDER/data with bansosd of the directory BIN, and serves it
# on a free loopback port.
office_open() {
  OFFICE="$1"
  STEP=0
  mkdir -p "$OFFICE/summaries" "$OFFICE/rejects" "$OFFICE/bank"
  # Here, because the shell behind & may come to it only after the first look.
  : >"$OFFICE/bansosd.log"
  local files=(--data-dir "$OFFICE/data" --key-file "$OFFICE/key")
  "$BIN/bansosd" init "${files[@]}" --ledger-id bansos.jatengprov.example/2025 \
    >>"$OFFICE/bansosd.log" 2>&1 || {
    cat "$OFFICE/bansosd.log" >&2
    die "bansosd could not make the ledger; its log is above."
  }
  "$BIN/bansosd" "${files[@]}" --listen 127.0.0.1:0 >>"$OFFICE/bansosd.log" 2>&1 &
  SERVER_PID=$!
  local tries
  for ((tries = 0; tries < 200; tries++)); do
    SERVER="$(sed -n 's/.*event=listening address=\([0-9.:]*\).*/\1/p' "$OFFICE/bansosd.log")"
    [[ -z "$SERVER" ]] || return 0
    kill -0 "$SERVER_PID" 2>/dev/null || break
    sleep 0.1
  done
  cat "$OFFICE/bansosd.log" >&2
  die "bansosd did not start; its log is above."
}

office_close() {
  if [[ -n "${SERVER_PID:-}" ]]; then
    kill -TERM "$SERVER_PID" 2>/dev/null || true
    wait "$SERVER_PID" || true
    SERVER_PID=""
  fi
}

# The command that serves the data again.
office_command() {
  printf '%q --data-dir %q --key-file %q --listen 127.0.0.1:50051' \
    "$BIN/bansosd" "$OFFICE/data" "$OFFICE/key"
}

office_ctl() { "$BIN/bansosctl" --server "$SERVER" "$@"; }

part() { printf '\n== %s\n' "$*"; }

# ctl ACTOR COMMAND...: a step with one fact; silent unless it fails.
ctl() {
  local actor="$1"
  shift
  office_ctl --actor "$actor" "$@" >>"$OFFICE/commands.log" 2>&1 || {
    tail -n 3 "$OFFICE/commands.log" >&2
    die "failed: bansosctl $*"
  }
}

# job NAME ACTOR COMMAND...: a step with many items; its tally goes to the summaries, one line is
# shown. An exit of 1 means that items were refused, which the tally tells; above is a failure.
# ACTOR - = none.
job() {
  local name="$1" actor="$2" began ended code=0
  shift 2
  STEP=$((STEP + 1))
  local who=(--actor "$actor")
  [[ "$actor" != - ]] || who=()
  began=$(date +%s%N)
  office_ctl "${who[@]}" --summary "$OFFICE/summaries/$(printf %03d $STEP)-$name.json" "$@" \
    >>"$OFFICE/commands.log" 2>&1 || code=$?
  ended=$(date +%s%N)
  if ((code > 1)); then
    tail -n 3 "$OFFICE/commands.log" >&2
    die "failed ($code): bansosctl $*"
  fi
  printf '%-34s %6d ms\n' "$name" $(((ended - began) / 1000000))
}

# timed WHAT COMMAND...: a step whose own output is shown, then how long it took.
timed() {
  local what="$1" began ended
  shift
  printf '\n$ %s\n' "$(basename "$1") ${*:2}" | sed "s#office_ctl#bansosctl#; s#$OFFICE/##g"
  began=$(date +%s%N)
  "$@" || die "failed: $what"
  ended=$(date +%s%N)
  printf '%-52s %6d ms\n' "$what" $(((ended - began) / 1000000))
}

# has_rows FILE: a CSV file that is there and has more than its header.
has_rows() { [[ -s "$1" ]] && (($(wc -l <"$1") > 1)); }

rejects() { echo "$OFFICE/rejects/$(printf %03d $((STEP + 1)))-$1.csv"; }

# deaths_until DAY: what the civil registry and the villages have reported by that day.
deaths_until() {
  job "deaths-until-$1" dinsos import deaths "$registry/deaths.csv" --until "$1" \
    --rejects "$(rejects deaths)"
}

# decide_and_decree PROGRAM FIRST_TRANCHE SK_NUMBER DAY: fills the free places.
decide_and_decree() {
  job "decide-$1-$4" verifikator decide --program "$1" --effective-date "$4"
  job "decree-$1-$4" kadis decree --program "$1" --first-tranche "$2" --document "$3/$4"
}

# replace_the_dead PROGRAM TRANCHE DAY: ends what the dead held, and decrees who takes the places.
replace_the_dead() {
  job "end-$1-$3" kadis end --program "$1" --died --ended-on "$3" --last-tranche $(($2 - 1)) \
    --document "SK/460/end-$1-$3/$3"
  decide_and_decree "$1" "$2" "SK/460/new-$1-$3" "$3"
}

# paper_of BATCH: what the paper states of a list, as options: its rows counted and added up from
# the list as it is printed, never the ledger's own total.
paper_of() {
  office_ctl --output csv batch payments --batch "$1" |
    awk -F, 'NR > 1 { count++; total += $3 }
      END { printf "--count %.0f --total %.0f\n", count, total }'
}

# pay PROGRAM TRANCHE DAY SEED: from the draft to the bank's answer.
pay() {
  local list="$1/$2/1" name="$1-$2" program="$1" tranche="$2" day="$3" seed="$4"
  job "draft-$name" bendahara batch draft --batch "$list" --document "DAFTAR/$name/2025/$day"
  local paper
  read -ra paper < <(paper_of "$list")
  ctl kasubag batch submit --batch "$list" "${paper[@]}" --document "SPP/$name/2025/$day"
  ctl ppk-skpd batch verify --batch "$list" "${paper[@]}" --document "LV/$name/2025/$day"
  ctl pengguna-anggaran batch approve --batch "$list" "${paper[@]}" --document "SPM/$name/2025/$day"
  ctl kuasa-bud batch release --batch "$list" "${paper[@]}" --document "SP2D/$name/2025/$day"
  # Between the disbursement order and the bank, more people turn out to have died.
  deaths_until "$(date -d "$day + 10 days" +%F)"
  send_and_settle "$list" "$name" 1 "$seed" "$(date -d "$day + 11 days" +%F)"
  # Technical returns are tried again with the same payee.
  job "reissue-$name" kuasa-bud payment reissue --batch "$list" --reason DS28 --reason NOAS \
    --reason CNPC --reason AM02 --document "SRPR/$name/2025/$day"
  send_and_settle "$list" "$name-again" 2 "$((seed + 1))" "$(date -d "$day + 25 days" +%F)"
}

# send_and_settle BATCH NAME ATTEMPT SEED DAY: orders to the bank, its answer, and what came late.
send_and_settle() {
  local orders="$OFFICE/bank/$2-orders.csv" results="$OFFICE/bank/$2-results.csv"
  job "send-$2" bendahara batch send --batch "$1" --orders "$orders" --attempt "$3" \
    --effective-date "$5"
  has_rows "$orders" || return 0
  job "bank-$2" - generate results --orders "$orders" --out "$results" --seed "$4"
  job "results-$2" bank-gateway import results "$results" --sender BANKJATENG \
    --rejects "$(rejects results)"
  if has_rows "${results%.csv}.late.csv"; then
    job "late-$2" bank-gateway import results "${results%.csv}.late.csv" --sender BANKJATENG \
      --rejects "$(rejects late)"
  fi
}

# give_back PROGRAM/TRANCHE DAY: what was returned or never sent goes back to the treasury (STS).
give_back() {
  local name="${1//\//-}"
  job "remit-$name" bendahara payment remit --batch "$1/1" --returned --unsent \
    --document "STS/$name/2025/$2"
}

# disaster_aid DAY: 200 people of the registry, Rp 500,000 each by decree.
disaster_aid() {
  local proposals="$OFFICE/registry/disaster.csv"
  {
    echo "nik,program,proposer,class,document_number,document_date"
    awk -F, 'NR > 1 && NR <= 201 { print $1 ",BENCANA,BPBD,FLOOD,BA/" NR "/2025,'"$1"'" }' \
      "$OFFICE/registry/assessments.csv"
  } >"$proposals"
  job propose-BENCANA bpbd import proposals "$proposals" --rejects "$(rejects disaster)"
  job decide-BENCANA verifikator decide --program BENCANA --effective-date "$1"
  job decree-BENCANA kadis decree --program BENCANA --first-tranche 1 --amount 500000 \
    --document "SK/460/banjir/2025/$1"
  pay BENCANA 1 "$1" "$seed"
  job end-BENCANA kadis end --program BENCANA --running --reason NOT_ELIGIBLE --ended-on "$1" \
    --last-tranche 1 --document "SK/460/banjir-selesai/2025/$1"
  give_back BENCANA/1 "$1"
}
