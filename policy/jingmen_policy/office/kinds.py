"""The kinds of fact that ledgers, bulletins and calendars are about, by name."""

CITY, COUNTY, TOWNSHIP, STATION, AGREEMENT = (
    "City",
    "County",
    "Township",
    "Station",
    "ServiceAgreement",
)
