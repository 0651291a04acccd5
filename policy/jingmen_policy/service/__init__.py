"""The rules over HTTP: judge, explain, read the rules and their text. Needs the extra `service`."""
