"""`glasskin doctor`: the commonest mistakes of a set-up, each with what to do. A file for each part of it that can be wrong;
`command` lists the checks."""
