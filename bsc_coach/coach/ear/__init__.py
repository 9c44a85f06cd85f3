"""The second ear: hears weak wordings of which no rule speaks, by how near they are to known ones."""
