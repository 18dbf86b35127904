-- The log of mails: what was handed to the mail server, and what it said.

-- name: add_mail_log
-- params: message_id text, job_id integer?, recipient text, subject text, now_us micros, outcome text, message text
INSERT INTO mail_log (message_id, job_id, recipient, subject, at_us, outcome, message)
VALUES (:message_id, :job_id, :recipient, :subject, :now_us, :outcome, :message);

-- name: find_accepted_mail
-- params: message_id text
-- columns: mail_id integer, at_us micros
SELECT mail_id, at_us FROM mail_log WHERE message_id = :message_id AND outcome = 'accepted'
 ORDER BY mail_id LIMIT 1;

-- name: last_accepted_mail
-- columns: at_us micros
SELECT at_us FROM mail_log WHERE outcome = 'accepted' ORDER BY mail_id DESC LIMIT 1;

-- name: last_failed_mail
-- columns: at_us micros, outcome text, message text
SELECT at_us, outcome, message FROM mail_log WHERE outcome <> 'accepted'
 ORDER BY mail_id DESC LIMIT 1;
