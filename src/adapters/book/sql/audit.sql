-- The audit log: every write that a person or a program asked for. Append-only.

-- name: add_audit
-- params: now_us micros, who text, action text, subject text, detail text
INSERT INTO audit_log (at_us, who, action, subject, detail)
VALUES (:now_us, :who, :action, :subject, :detail);
