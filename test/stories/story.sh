L() { npm run -s ledger -- "$@" --clock 2021-05-18T10:00; }
counties='青禾县 望川县 柳溪县' key=百日会战2021 in=test/stories d=${1:-/tmp/baobao}; mkdir -p "$d"
L init --ledger $d/city.bbledger --sample --projects 0
L import-excel --ledger $d/city.bbledger --file $in/projects.csv
L enrol --ledger $d/city.bbledger --unit 青禾县 --unit 望川县 --unit 柳溪县 --passphrase $key --out $d/invite
for c in $counties; do L join --ledger $d/$c.bbledger --enrolment $d/invite/${c}_入网.bbsync --passphrase $key; done
for c in $counties; do L fill-report --ledger $d/$c.bbledger --period 2021-05-2 --data $in/county/$c.json --submit; done
for c in $counties; do L export-sync --ledger $d/$c.bbledger --out $d/stick; done
L import-sync --ledger $d/city.bbledger --file $d/stick --admit
L supervision --ledger $d/city.bbledger --approved-by 秦副市长 --pdf $d/sheet.pdf
