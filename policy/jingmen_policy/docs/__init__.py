"""The rules told to readers: what each says, what of the text they cover, and POLICY.md."""
