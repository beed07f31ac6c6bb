"""Files of any format become source texts, in a confined process each. No rule of reading lives here.

    read_source ── detect ──┬── plain text, Markdown: loaders.decode, in process
                            └── sandbox ─(pipe)─ worker ── html, pdf, docx, doc, ofd, archives

`source`, `detect` and `sandbox` run in the parent and import nothing that parses a format; the other
modules run in the child only.
"""
