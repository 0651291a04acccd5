"""The 进度通报: how far the stations are, by county and year, and what each still wants."""
