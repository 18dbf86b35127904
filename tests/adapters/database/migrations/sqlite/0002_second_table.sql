-- Two statements; a colon in 'a:b' and a ; in a string stay.
CREATE TABLE second (id INTEGER PRIMARY KEY) STRICT;
INSERT INTO first VALUES (1, 'a:b; Grüße');
