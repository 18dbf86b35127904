// Made by tools/api/schema.mjs from `tallyman openapi`; not to be changed by hand.
// Document 9fc3180a5b99cbcaf958947700c7c5ff6d144ab2bd928551af81e765e067d386

export interface paths {
    "/api/v1/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Alerts, newest first */
        get: operations["listAlerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{alert_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One alert */
        get: operations["getAlert"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{alert_id}/ack": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Somebody looks after it: no mail is sent about it */
        post: operations["acknowledgeAlert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{alert_id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leave it as it is: it returns when its facts change */
        post: operations["resolveAlert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{alert_id}/snooze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hide it for a while, or until its facts change */
        post: operations["snoozeAlert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was done by whom, newest first; the first page also verifies the chain */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bootstrap": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the pages need to begin */
        get: operations["getBootstrap"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/breakers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Partners whose calls are, or were, paused after failures */
        get: operations["listBreakers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/budget": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Requests of the last minute against the limit */
        get: operations["getBudget"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bundles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every bundle with what it comes to, by SKU */
        get: operations["listBundles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bundles/{sku}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One bundle */
        get: operations["getBundle"];
        /** Store a bundle as a whole, new or not */
        put: operations["putBundle"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which partners are set up, and whether they take our credentials */
        get: operations["listCredentials"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/credentials/{partner}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask the partner for one order, and see whether it answers */
        post: operations["testCredentials"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happens, as it happens (server-sent events) */
        get: operations["watchEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Files of the shop, newest first */
        get: operations["listImports"];
        put?: never;
        /** Hand a file in: it is kept, and a job takes its orders in */
        post: operations["importFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One file */
        get: operations["getImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What of a file did not come in, and why, in the file's order */
        get: operations["listImportFindings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What importing this file would do; nothing is written */
        post: operations["previewImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Jobs, newest first */
        get: operations["listJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One job with its attempts */
        get: operations["getJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel it: at once when it has not begun, else at its next stop */
        post: operations["cancelJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The lines of all its attempts */
        get: operations["getJobLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for a dead or cancelled job again: as a new job */
        post: operations["retryJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/kpis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The numbers of past days, newest first */
        get: operations["listKpis"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether mail is set up, and how the last one went */
        get: operations["getMail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mail/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a test mail */
        post: operations["testMail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/nodes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The programs that do the work */
        get: operations["listNodes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This description */
        get: operations["getOpenapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Orders, newest change first */
        get: operations["listOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One order with its timeline */
        get: operations["getOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{number}/payload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What ShipStation said, word for word */
        get: operations["getOrderPayload"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{number}/why": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why an order is here, or is not */
        get: operations["getOrderWhy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Runs of a workflow, newest first */
        get: operations["listRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{run_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One run */
        get: operations["getRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in, and whether anybody has to be */
        get: operations["getSession"];
        put?: never;
        /** Sign in */
        post: operations["beginSession"];
        /** Sign out */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** A new password for oneself; all other sessions end */
        put: operations["changeOwnPassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every setting, its value in force and where that comes from */
        get: operations["listSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Keep a value in the database */
        put: operations["setSetting"];
        post?: never;
        /** Back to the value of the file, or the built-in one */
        delete: operations["resetSetting"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings/{key}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who changed it when, newest first */
        get: operations["listSettingChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make the first admin, with the link that the first start printed */
        post: operations["setUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sync/previews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a run would do now: the job's result has its numbers and changes; nothing is changed */
        post: operations["previewSync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sync/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sync now */
        post: operations["startSync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sync/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far ShipStation has been read */
        get: operations["getSyncStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/today": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The numbers of today and what needs a person */
        get: operations["getToday"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** API tokens */
        get: operations["listTokens"];
        put?: never;
        /** Make an API token; it is shown this once */
        post: operations["addToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{token_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** From now on this token is refused */
        delete: operations["revokeToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who may sign in */
        get: operations["listUsers"];
        put?: never;
        /** Let somebody in */
        post: operations["addUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Another role or password, disable, enable; ends the user's sessions */
        patch: operations["changeUser"];
        trace?: never;
    };
    "/api/v1/workflows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every workflow: switch, schedule, last runs */
        get: operations["listWorkflows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workflows/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One workflow */
        get: operations["getWorkflow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workflows/{name}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Switch it off, with the reason */
        post: operations["disableWorkflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workflows/{name}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Switch it on */
        post: operations["enableWorkflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workflows/{name}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run it now, or find the run that is under way */
        post: operations["runWorkflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The program runs */
        get: operations["getLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** No run failed and none is missing */
        get: operations["getReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Numbers for Prometheus */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Address: {
            city: string | null;
            company: string | null;
            country: string | null;
            name: string | null;
            phone: string | null;
            postal_code: string | null;
            state: string | null;
            street1: string | null;
            street2: string | null;
            street3: string | null;
        };
        /** @description Something that is, or was, wrong */
        Alert: {
            /** Format: date-time */
            acknowledged_at: string | null;
            acknowledged_by: string | null;
            detail: string;
            /** @description Path of a page */
            evidence: string;
            id: number;
            /** Format: date-time */
            last_seen_at: string;
            /**
             * Format: date-time
             * @description A mail server took the mail about it
             */
            mailed_at: string | null;
            /** Format: date-time */
            opened_at: string;
            owner: string | null;
            resolution: string | null;
            /** Format: date-time */
            resolved_at: string | null;
            resolved_by: string | null;
            /** @description What was watched, see docs/alerts.md */
            rule: string;
            /** @description Checks that found it */
            seen: number;
            /** @enum {string} */
            severity: "info" | "warning" | "critical";
            /** Format: date-time */
            snoozed_until: string | null;
            /** @enum {string} */
            state: "open" | "snoozed" | "resolved";
            /** @description A workflow, a partner, a node … */
            subject: string;
            title: string;
        };
        AlertAck: {
            /** @description Who looks after it; whoever asks when not given */
            owner?: string | null;
        };
        AlertPage: {
            /** @description Of all that are not resolved; by severity without the snoozed ones */
            counts: {
                acknowledged: number;
                critical: number;
                info: number;
                open: number;
                snoozed: number;
                warning: number;
            };
            items: components["schemas"]["Alert"][];
            next_cursor: string | null;
        };
        AlertResolve: {
            reason: string;
        };
        AlertSnooze: {
            hours: number;
        };
        AuditChain: {
            /** @description The first row that is missing, changed or out of place */
            broken_at: number | null;
            /** @description Rows that are as written */
            checked: number;
            /** @description Hash of the last row: worth noting elsewhere */
            head: string;
            verified: boolean;
        };
        AuditPage: {
            /** @description On the first page only */
            chain: components["schemas"]["AuditChain"] | null;
            items: components["schemas"]["AuditRow"][];
            next_cursor: string | null;
        };
        AuditRow: {
            action: string;
            /** Format: date-time */
            at: string;
            /** @description As the action has it */
            detail: Record<string, never>;
            id: number;
            subject: string;
            /** @description user:ana, token:till, local:shell, nobody */
            who: string;
        };
        Bootstrap: {
            /** @description Another one than the page's own: reload */
            build: string;
            demo: boolean;
            name: string;
            /** Format: date-time */
            now: string;
            version: string;
            /** @description The warehouse's time zone */
            zone: string;
        };
        /** @description Calls to a partner are paused after failures in a row */
        Breaker: {
            failures: number;
            /** Format: date-time */
            next_probe_at: string | null;
            /** Format: date-time */
            opened_at: string | null;
            partner: string;
            reason: string;
            /** @enum {string} */
            state: "closed" | "open" | "probing";
        };
        BreakerPage: {
            items: components["schemas"]["Breaker"][];
            next_cursor: string | null;
        };
        /** @description Requests of the last minute, all programs of this database together */
        Budget: {
            /** Format: date-time */
            as_of: string;
            /** @description The most that the schedule may use */
            background_limit: number;
            /**
             * Format: date-time
             * @description Nobody asks before then
             */
            blocked_until: string | null;
            /**
             * Format: date-time
             * @description When the partner last refused for being asked too often
             */
            last_429_at: string | null;
            limit: number;
            partner: string;
            /** @description Requests of a minute that the schedule leaves to people */
            people_floor: number;
            used: number;
            used_by_people: number;
            window_seconds: number;
        };
        Bundle: {
            /** @description Only then it is taken apart */
            active: boolean;
            components: components["schemas"]["BundleComponent"][];
            description: string;
            /** @description Why it cannot be taken apart: its orders go to quarantine */
            problem: string | null;
            sku: string;
            /** @description What one comes to, bundles within it taken apart */
            units: {
                /** @description A key SKU; lines of others are dropped */
                key: boolean;
                sku: string;
                units: number;
            }[];
            /** Format: date-time */
            updated_at: string;
        };
        BundleComponent: {
            multiplier: number;
            /** @description May be a bundle itself */
            sku: string;
        };
        BundlePage: {
            items: components["schemas"]["Bundle"][];
            next_cursor: null;
        };
        BundlePut: {
            active: boolean;
            components: components["schemas"]["BundleComponent"][];
            description?: string | null;
        };
        Credential: {
            /** @description The last two characters of the key */
            ends_in: string | null;
            /** Format: date-time */
            last_accepted_at: string | null;
            /** Format: date-time */
            last_refused_at: string | null;
            /** @description What was said at the last refusal, or what to set */
            message: string;
            /** @description For people */
            name: string;
            partner: string;
            set: boolean;
        };
        CredentialPage: {
            items: components["schemas"]["Credential"][];
            next_cursor: null;
        };
        /** @description Personal values are named and not shown */
        FieldChange: {
            after: string | null;
            before: string | null;
            field: string;
        };
        /** @description A file of the shop */
        Import: {
            counts: components["schemas"]["ImportCounts"];
            /** @description As which it was read */
            encoding: string | null;
            /** Format: date-time */
            finished_at: string | null;
            id: number;
            job_id: number | null;
            message: string;
            name: string;
            /**
             * @description partial: something is in quarantine or waits for a decision; refused: nothing was taken in
             * @enum {string}
             */
            outcome: "waiting" | "ok" | "partial" | "refused";
            /** Format: date-time */
            received_at: string;
            received_by: string;
            run_id: string | null;
            sha256: string;
            size_bytes: number;
            /** @enum {string} */
            source: "folder" | "upload";
        };
        ImportAsked: {
            import_id: number;
            job_id: number;
        };
        /** @description orders = inserted + updated + unchanged + skipped + quarantined + deferred */
        ImportCounts: {
            /** @description A person decides: a case */
            deferred: number;
            inserted: number;
            /** @description Of orders that came in too */
            lines_dropped: number;
            orders: number;
            quarantined: number;
            /** @description Left out, with a reason each */
            skipped: number;
            unchanged: number;
            updated: number;
        };
        /** @description Something of a file that did not come in, and why */
        ImportFinding: {
            /** @description In characters */
            column: number;
            /**
             * @description not_taken: the order is known and has gone further; what the shop says anew was not taken over
             * @enum {string}
             */
            kind: "order_skipped" | "line_dropped" | "quarantined" | "deferred" | "not_taken" | "element_ignored";
            line: number;
            order_number: string | null;
            quantity: number | null;
            reason: string;
            sku: string | null;
        };
        ImportFindingPage: {
            items: components["schemas"]["ImportFinding"][];
            next_cursor: string | null;
        };
        ImportPage: {
            /** @description The file that is looked for there */
            file_name: string;
            /** @description That is watched; null: none */
            folder: string | null;
            items: components["schemas"]["Import"][];
            next_cursor: string | null;
        };
        ImportPreview: {
            counts: components["schemas"]["ImportCounts"];
            encoding: string | null;
            /** @description At most the first 500 */
            findings: components["schemas"]["ImportFinding"][];
            findings_total: number;
            message: string;
            /** @enum {string} */
            outcome: "ok" | "partial" | "refused";
        };
        /** @description A piece of work */
        Job: {
            /** @description schedule, user:NAME, token:NAME/ID or local:NAME */
            asked_by: string;
            attempt: number;
            cancel_requested: boolean;
            duration_ms: number | null;
            /** Format: date-time */
            enqueued_at: string;
            /** Format: date-time */
            finished_at: string | null;
            job_id: number;
            kind: string;
            max_attempts: number;
            /** @description What happened, for a person; of a job that will be tried again: why it failed */
            message: string;
            /** @description Jobs that must be done before */
            needs: number[];
            /** @description Host and process of the newest attempt */
            node: string | null;
            /** @description ok, partial, skipped, failed, cancelled; null until it is over */
            outcome: string | null;
            phase: string;
            /** @description 0 people … 4 backfill: smaller goes first */
            priority: number;
            progress: {
                done: number;
                total: number;
            };
            /** @description The job that a person asked for again */
            redrive_of: number | null;
            /**
             * Format: date-time
             * @description Not before
             */
            run_at: string;
            run_id: string | null;
            /**
             * Format: date-time
             * @description The newest attempt
             */
            started_at: string | null;
            /** @enum {string} */
            state: "waiting" | "available" | "running" | "done" | "cancelled" | "dead";
            why: string;
        };
        JobAsked: {
            already_running: boolean;
            job_id: number;
        };
        JobAttempt: {
            /** @description One that was snoozed or handed back has the number of the next */
            attempt: number;
            /** Format: date-time */
            ended_at: string | null;
            message: string;
            node: string;
            outcome: string;
            run_id: string;
            /** Format: date-time */
            started_at: string;
        };
        JobDetail: {
            args: Record<string, never>;
            /** @description schedule, user:NAME, token:NAME/ID or local:NAME */
            asked_by: string;
            attempt: number;
            attempts: components["schemas"]["JobAttempt"][];
            cancel_requested: boolean;
            duration_ms: number | null;
            /** Format: date-time */
            enqueued_at: string;
            /** Format: date-time */
            finished_at: string | null;
            job_id: number;
            kind: string;
            max_attempts: number;
            /** @description What happened, for a person; of a job that will be tried again: why it failed */
            message: string;
            /** @description Jobs that must be done before */
            needs: number[];
            /** @description Host and process of the newest attempt */
            node: string | null;
            /** @description ok, partial, skipped, failed, cancelled; null until it is over */
            outcome: string | null;
            phase: string;
            /** @description 0 people … 4 backfill: smaller goes first */
            priority: number;
            progress: {
                done: number;
                total: number;
            };
            /** @description The job that a person asked for again */
            redrive_of: number | null;
            result: Record<string, never> | null;
            /**
             * Format: date-time
             * @description Not before
             */
            run_at: string;
            run_id: string | null;
            /**
             * Format: date-time
             * @description The newest attempt
             */
            started_at: string | null;
            /** @enum {string} */
            state: "waiting" | "available" | "running" | "done" | "cancelled" | "dead";
            why: string;
        };
        JobLog: {
            items: components["schemas"]["JobLogLine"][];
            /** @description null: no line after the one asked for */
            next_after: number | null;
        };
        JobLogLine: {
            /** Format: date-time */
            at: string;
            id: number;
            /** @enum {string} */
            level: "info" | "warning" | "error";
            text: string;
        };
        JobPage: {
            /** @description Of all jobs, whatever the filter */
            counts: {
                available: number;
                cancelled: number;
                dead: number;
                done: number;
                running: number;
                waiting: number;
            };
            items: components["schemas"]["Job"][];
            next_cursor: string | null;
        };
        /** @description The numbers of one day, as they were then */
        Kpi: {
            /** Format: date-time */
            as_of: string | null;
            /** Format: date */
            date: string;
            open_cases: number;
            orders_awaiting: number;
            orders_on_hold: number;
            /** @description Orders that came into the book */
            orders_today: number;
            pending_uploads: number;
            proof: string;
            proven: boolean;
            quarantined: number;
            requests: number;
            runs_failed: number;
            runs_ok: number;
            /** @description Orders shipped that day */
            shipments_sent: number;
            /** @enum {string} */
            system_status: "online" | "degraded" | "offline";
            units_shipped: number;
            units_to_ship: number;
        };
        KpiPage: {
            items: components["schemas"]["Kpi"][];
            next_cursor: string | null;
        };
        Live: {
            /** @constant */
            status: "ok";
            version: string;
        };
        MailState: {
            alerts_to: string[];
            configured: boolean;
            from: string;
            last_failure: {
                /** Format: date-time */
                at: string;
                message: string;
                /** @enum {string} */
                outcome: "failed" | "refused" | "unknown";
            } | null;
            /** Format: date-time */
            last_sent_at: string | null;
            /** @description Name and port; empty: not set up */
            server: string;
        };
        MailTest: {
            to: string;
        };
        MailTestAsked: {
            job_id: number;
        };
        Node: {
            /** Format: date-time */
            heartbeat_at: string;
            /** @description Host and process */
            holder: string;
            node_id: string;
            /** @description Jobs */
            running: number;
            /** Format: date-time */
            started_at: string;
            /** @enum {string} */
            state: "up" | "silent" | "stopped";
            version: string;
        };
        NodePage: {
            items: components["schemas"]["Node"][];
            next_cursor: string | null;
        };
        /** @description OpenAPI 3.1 */
        OpenapiDocument: Record<string, never>;
        Order: {
            /**
             * Format: date-time
             * @description ShipStation was read up to here
             */
            as_of: string;
            items: components["schemas"]["OrderLine"][];
            order: components["schemas"]["OrderDetail"];
            /** @description Why that is so, in words */
            proof: string;
            proven: boolean;
            reading: components["schemas"]["Reading"];
            shipments: components["schemas"]["Parcel"][];
            /** @description Newest first */
            timeline: components["schemas"]["OrderEvent"][];
            /** @description Why this order is here, a paragraph */
            why: string;
        };
        OrderDetail: {
            bill_to: components["schemas"]["Address"];
            carrier: string | null;
            currency: string;
            customer: string | null;
            customer_email: string | null;
            flags: components["schemas"]["OrderFlag"][];
            lines: components["schemas"]["OrderLine"][];
            /** Format: date */
            order_date: string;
            order_number: string;
            service: string | null;
            /** Format: date */
            ship_date: string | null;
            ship_to: components["schemas"]["Address"];
            shipstation_order_ids: string[];
            source_system: string;
            /** @description ShipStation's word, kept as it is when unknown */
            status: string;
            total_amount_cents: number | null;
            total_items: number;
            tracking_numbers: string[];
            /** Format: date-time */
            updated_at: string;
        };
        OrderEvent: {
            /** Format: date-time */
            at: string;
            by: string | null;
            changes: components["schemas"]["FieldChange"][];
            detail: string;
            has_payload: boolean;
            id: number;
            kind: string;
            rule: string | null;
            run_id: string | null;
            /** @enum {string} */
            source: "shipstation" | "tallyman" | "person";
            title: string;
            /** @enum {string} */
            tone: "ours" | "elsewhere" | "problem";
        };
        OrderFlag: {
            /** @enum {string} */
            kind: "case" | "quarantined" | "provisional" | "unknown_status" | "ghost";
            text: string;
        };
        OrderLine: {
            lot: string | null;
            name: string | null;
            quantity: number;
            sku: string;
            unit_price_cents: number | null;
        };
        OrderPage: {
            /**
             * Format: date-time
             * @description ShipStation was read up to here
             */
            as_of: string;
            /** @description By status, and needs_attention, over all orders of the filter */
            counts: {
                [key: string]: components["schemas"]["StatusCount"];
            };
            items: components["schemas"]["OrderRow"][];
            next_cursor: string | null;
            /** @description Why that is so, in words */
            proof: string;
            proven: boolean;
            reading: components["schemas"]["Reading"];
        };
        OrderPayload: {
            documents: {
                /** @description ShipStation's own document */
                document: Record<string, never>;
                /** Format: date-time */
                seen_at: string;
                shipstation_order_id: string;
            }[];
        };
        OrderRow: {
            carrier: string | null;
            customer: string | null;
            flags: components["schemas"]["OrderFlag"][];
            lines: components["schemas"]["OrderLine"][];
            /** Format: date */
            order_date: string;
            order_number: string;
            service: string | null;
            shipstation_order_ids: string[];
            source_system: string;
            /** @description ShipStation's word, kept as it is when unknown */
            status: string;
            total_items: number;
            tracking_numbers: string[];
            /** Format: date-time */
            updated_at: string;
        };
        OrderWhy: {
            /**
             * Format: date-time
             * @description ShipStation was read up to here
             */
            as_of: string;
            order_number: string;
            /** @description Why that is so, in words */
            proof: string;
            proven: boolean;
            reading: components["schemas"]["Reading"];
            why: string;
        };
        Parcel: {
            carrier: string | null;
            cost_cents: number | null;
            items: components["schemas"]["OrderLine"][];
            service: string | null;
            /** Format: date */
            ship_date: string | null;
            shipment_id: string;
            tracking_number: string | null;
            voided: boolean;
        };
        PasswordChange: {
            new_password: string;
            old_password: string;
        };
        /** @description Why something could not be done (RFC 9457) */
        Problem: {
            /** @description What happened, for a person */
            detail: string;
            errors?: {
                detail: string;
                /** @description JSON pointer to the member of the body */
                pointer: string;
            }[];
            status: number;
            title: string;
            /** @description about:blank, or a urn that programs may look at */
            type: string;
        };
        /**
         * @description Whether ShipStation is being read: late is not read for three intervals
         * @enum {string}
         */
        Reading: "current" | "late" | "off" | "not_set_up" | "never";
        /** @description Never failing because it is night, because a workflow is off or not set up */
        Ready: {
            reason: string | null;
            /** @enum {string} */
            status: "ok" | "failing";
            /** @description Empty for who asks from another machine and has not signed in */
            workflows: {
                name: string;
                /** @enum {string} */
                state: "well" | "failed" | "missing" | "off" | "not_set_up";
            }[];
        };
        /** @enum {string} */
        Role: "viewer" | "operator" | "admin";
        Run: {
            applied: number;
            /** @description schedule, user:NAME, token:NAME/ID or local:NAME */
            asked_by: string;
            deferred: number;
            duration_ms: number | null;
            /** @description Kind of the partner's failure, when it was one */
            failure: string | null;
            /** Format: date-time */
            finished_at: string | null;
            job_id: number | null;
            manual_orders_imported: number;
            message: string;
            /** @enum {string} */
            mode: "live" | "shadow" | "dry";
            /** @enum {string} */
            outcome: "running" | "ok" | "partial" | "failed" | "skipped";
            progress: {
                done: number;
                phase: string;
                total: number;
            };
            quarantined: number;
            /** Format: date-time */
            read_until: string | null;
            received: number;
            requests: number;
            run_id: string;
            /** @description How many, by reason */
            skipped: {
                [key: string]: number;
            };
            source_total: number;
            /** Format: date-time */
            started_at: string;
            status_updates: number;
            unchanged: number;
            warnings: string[];
            watermark: {
                /** Format: date-time */
                after: string | null;
                /** Format: date-time */
                before: string | null;
            };
            /** @description What started it */
            why: string;
            window: {
                /** Format: date-time */
                from: string | null;
                /** Format: date-time */
                until: string | null;
            };
            workflow: string;
        };
        /** @description A run in a line */
        RunBrief: {
            duration_ms: number | null;
            /** Format: date-time */
            finished_at: string | null;
            message: string;
            /** @enum {string} */
            outcome: "running" | "ok" | "partial" | "failed" | "skipped";
            run_id: string;
            /** Format: date-time */
            started_at: string;
        };
        RunPage: {
            items: components["schemas"]["Run"][];
            next_cursor: string | null;
        };
        Schedule: {
            /** @description Left out while the warehouse is closed */
            business_hours: boolean;
            /** @description HH:MM by the warehouse's clock */
            daily_at: string | null;
            interval_minutes: number | null;
            /** @enum {string} */
            kind: "interval" | "daily" | "by_person";
            /** @description As it is written in the setting schedule.NAME */
            text: string;
        };
        Session: {
            /** @description To be sent as X-CSRF-Token with every write of this session */
            csrf: string | null;
            /** Format: date-time */
            expires_at: string | null;
            idle_minutes: number;
            /** @description On this machine nobody has to sign in */
            open: boolean;
            /** @description Reached over TLS */
            secure: boolean;
            /** @description There is no user yet */
            setup_needed: boolean;
            /** @description null: nobody is signed in */
            user: components["schemas"]["SessionUser"] | null;
        };
        SessionUser: {
            /** @enum {string} */
            kind: "user" | "token" | "local";
            name: string;
            role: components["schemas"]["Role"];
        };
        Setting: {
            /** @description Completes "expected …" */
            allowed: string;
            /** @description The key's part before the dot */
            category: string;
            /** Format: date-time */
            changed_at: string | null;
            /** @description "plain SQL": not through this program */
            changed_by: string | null;
            /** @description The built-in value; empty where the file decides */
            default: string;
            description: string;
            /** @description Kept in the database; else the file decides */
            editable: boolean;
            key: string;
            /** @description "default", "database", else file and line or the variable */
            origin: string;
            /** @description In force; of a secret only whether it is set */
            value: string;
            /** @description A value that is not allowed and therefore not used */
            warning: string | null;
        };
        SettingChange: {
            /** Format: date-time */
            at: string;
            /** @description Null: taken back */
            new_value: string | null;
            /** @description Null: the value of the file or the built-in one was in force */
            old_value: string | null;
            reason: string;
            who: string;
        };
        SettingChangePage: {
            items: components["schemas"]["SettingChange"][];
            next_cursor: null;
        };
        SettingPage: {
            items: components["schemas"]["Setting"][];
            next_cursor: null;
        };
        SettingValue: {
            reason?: string | null;
            value: string;
        };
        SetUp: {
            name: string;
            password: string;
            /** @description From the link that the first start printed */
            token: string;
        };
        SignIn: {
            name: string;
            password: string;
        };
        StatusCount: {
            orders: number;
            units?: number;
        };
        SyncAsked: {
            already_running: boolean;
            /** @description The program that runs it, when it is another one */
            held_by: string | null;
            job_id: number;
            /** @description null: its turn has not come yet */
            run_id: string | null;
        };
        SyncBudget: {
            /** Format: date-time */
            blocked_until: string | null;
            limit: number;
            used: number;
            window_seconds: number;
        };
        SyncLease: {
            held_by: string;
            run_id: string;
            /** Format: date-time */
            until: string;
        };
        /** @description Why it does not run by itself, while state is disabled */
        SyncOff: {
            /** Format: date-time */
            at: string | null;
            /** @description user:NAME, plain SQL, tallyman after a refused key */
            by: string | null;
            reason: string | null;
        };
        SyncStatus: {
            /** Format: date-time */
            as_of: string;
            budget: components["schemas"]["SyncBudget"];
            /** @description Of the schedule in force; 0: it runs only when a person asks */
            interval_seconds: number;
            lag_seconds: number | null;
            last_run: components["schemas"]["Run"] | null;
            lease: components["schemas"]["SyncLease"] | null;
            /** Format: date-time */
            next_run_at: string | null;
            off: components["schemas"]["SyncOff"] | null;
            quarantine_open: number;
            /** Format: date-time */
            read_until: string | null;
            /** @enum {string} */
            state: "waiting" | "running" | "disabled" | "failed" | "not_set_up";
            warnings: string[];
            /** Format: date-time */
            watermark: string | null;
            workflow: string;
        };
        /** @description What people look at in the morning */
        Today: {
            /** Format: date-time */
            as_of: string;
            /** @description The gravest and oldest first, at most 50 */
            attention: components["schemas"]["TodayAttention"][];
            attention_total: number;
            cutoff: components["schemas"]["TodayCutoff"] | null;
            /**
             * Format: date
             * @description In the warehouse's zone
             */
            date: string;
            last_sync: components["schemas"]["TodayLastSync"] | null;
            proof: string;
            proven: boolean;
            reading: components["schemas"]["Reading"];
            tiles: components["schemas"]["TodayTile"][];
            weekday: string;
            zone: string;
        };
        /** @description What a person has to look at */
        TodayAttention: {
            /** @description A sentence for a person */
            detail: string;
            /** @enum {string} */
            kind: "alert" | "case" | "quarantine" | "run" | "breaker" | "sync";
            /** @description Path of a page */
            link: string;
            /** @enum {string} */
            severity: "info" | "warning" | "critical";
            /** Format: date-time */
            since: string;
            /** @description An order number, a workflow, a partner */
            subject: string;
            /** @description What a partner said, word for word, where detail says it plainly */
            technical: string | null;
            title: string;
        };
        /** @description Until when orders leave today */
        TodayCutoff: {
            minutes_left: number | null;
            passed: boolean;
            /** @description HH:MM in the warehouse's zone */
            time: string;
        };
        /** @description The last run of the sync that really ran */
        TodayLastSync: {
            duration_ms: number | null;
            /** Format: date-time */
            finished_at: string | null;
            /** @description Of a partner's failure a plain sentence */
            message: string;
            /** @enum {string} */
            outcome: "running" | "ok" | "partial" | "failed" | "skipped";
            run_id: string;
            /** Format: date-time */
            started_at: string;
            /** @description What it said then, word for word */
            technical: string | null;
        };
        /** @description A number with its as-of and its proof */
        TodayTile: {
            /** Format: date-time */
            as_of: string;
            /** @description Sentences; of a difference every cause */
            because: string[];
            /** @description second - value, where it should be 0 */
            difference: number | null;
            /** @enum {string} */
            key: "awaiting_orders" | "units_to_ship" | "shipped_today" | "shipped_7_days" | "on_hold" | "pending_uploads" | "quarantined" | "open_cases" | "watermark_age_minutes" | "budget_used";
            label: string;
            /** @description Path of a page */
            link: string;
            proof: string;
            proven: boolean;
            reading: components["schemas"]["Reading"];
            second: number | null;
            second_label: string | null;
            /** @enum {string} */
            unit: "units" | "orders" | "documents" | "cases" | "minutes" | "requests";
            /** @description Not known yet: null */
            value: number | null;
        };
        Token: {
            /** Format: date-time */
            created_at: string;
            created_by: string;
            /** Format: date-time */
            expires_at: string | null;
            /**
             * Format: date-time
             * @description To the minute
             */
            last_used_at: string | null;
            name: string;
            revoked: boolean;
            role: components["schemas"]["Role"];
            token_id: string;
        };
        TokenNew: {
            /** Format: date-time */
            expires_at?: string | null;
            /** @description What it is for */
            name: string;
            role: components["schemas"]["Role"];
        };
        TokenPage: {
            items: components["schemas"]["Token"][];
            /** @description All are on one page */
            next_cursor: null;
        };
        TokenShown: {
            /** Format: date-time */
            created_at: string;
            created_by: string;
            /** Format: date-time */
            expires_at: string | null;
            last_used_at: null;
            name: string;
            revoked: boolean;
            role: components["schemas"]["Role"];
            /** @description The token itself: shown this once, not kept */
            token: string;
            token_id: string;
        };
        User: {
            /** Format: date-time */
            created_at: string;
            disabled: boolean;
            /** Format: date-time */
            last_seen_at: string | null;
            name: string;
            role: components["schemas"]["Role"];
            /** @description Live ones */
            sessions: number;
        };
        UserChange: {
            disabled?: boolean;
            password?: string;
            role?: components["schemas"]["Role"];
        };
        UserNew: {
            name: string;
            password: string;
            role: components["schemas"]["Role"];
        };
        UserPage: {
            items: components["schemas"]["User"][];
            /** @description All are on one page */
            next_cursor: null;
        };
        Workflow: {
            /** Format: date-time */
            changed_at: string | null;
            /** @description "plain SQL": not through this program */
            changed_by: string;
            description: string;
            /** @description What else stops when it is off */
            effect_of_off: string;
            /** @description The switch in workflow_controls */
            enabled: boolean;
            last_run: null | components["schemas"]["RunBrief"];
            /** @description Ticks that nobody took in time, noticed in the last seven days */
            missed: {
                /** Format: date-time */
                last_at: string | null;
                ticks: number;
            };
            name: string;
            /**
             * Format: date-time
             * @description In the past: overdue. Null: off, not set up, or started by a person
             */
            next_run_at: string | null;
            /** @description Of the last 100 runs that ran and ended, 95 of 100 took at most this long */
            p95_ms: number | null;
            /** @description Why it is off */
            reason: string;
            running_job_id: number | null;
            /** @description At most the last 30, newest last */
            runs: components["schemas"]["RunBrief"][];
            schedule: components["schemas"]["Schedule"];
            /**
             * @description not_set_up: its partner has no credentials here; that is no fault
             * @enum {string}
             */
            state: "on" | "off" | "not_set_up";
            /** @description A schedule that somebody wrote is not allowed and not used */
            warning: string | null;
        };
        WorkflowDisable: {
            /** @description At least three characters; everybody sees it */
            reason: string;
        };
        WorkflowEnable: {
            reason?: string | null;
        };
        WorkflowPage: {
            items: components["schemas"]["Workflow"][];
            next_cursor: null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listAlerts: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before */
                cursor?: string;
                /** @description rows of a page, at most 200 */
                limit?: number;
                /** @description open (and snoozed), resolved or all; open when not given */
                state?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Alerts, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertPage"];
                };
            };
            /** @description The request cannot be understood; nothing was done */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAlert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                alert_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One alert */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alert"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this name */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acknowledgeAlert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                alert_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AlertAck"];
            };
        };
        responses: {
            /** @description Somebody looks after it: no mail is sent about it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alert"];
                };
            };
            /** @description The request cannot be understood; nothing was done */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this name */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resolveAlert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                alert_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AlertResolve"];
            };
        };
        responses: {
            /** @description Leave it as it is: it returns when its facts change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alert"];
                };
            };
            /** @description The request cannot be understood; nothing was done */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this name */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    snoozeAlert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                alert_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AlertSnooze"];
            };
        };
        responses: {
            /** @description Hide it for a while, or until its facts change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alert"];
                };
            };
            /** @description The request cannot be understood; nothing was done */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this name */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description only this action: user.add */
                action?: string;
                /** @description next_cursor of the page before */
                cursor?: string;
                /** @description rows of a page, at most 500 */
                limit?: number;
                /** @description only what was done to this */
                subject?: string;
                /** @description only what this one did: user:ana, token:till, local:shell */
                who?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was done by whom, newest first; the first page also verifies the chain */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            /** @description The request cannot be understood; nothing was done */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBootstrap: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the pages need to begin */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bootstrap"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listBreakers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Partners whose calls are, or were, paused after failures */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BreakerPage"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBudget: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Requests of the last minute against the limit */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Budget"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listBundles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every bundle with what it comes to, by SKU */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BundlePage"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBundle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sku: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One bundle */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bundle"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this name */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putBundle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sku: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BundlePut"];
            };
        };
        responses: {
            /** @description Store a bundle as a whole, new or not */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bundle"];
                };
            };
            /** @description The request cannot be understood; nothing was done */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this name */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Which partners are set up, and whether they take our credentials */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CredentialPage"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                partner: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ask the partner for one order, and see whether it answers */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobAsked"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this name */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    watchEvents: {
        parameters: {
            query?: {
                /** @description only these, with commas between: job,alert.opened */
                topics?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What happens, as it happens (server-sent events) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The request cannot be understood; nothing was done */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listImports: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before */
                cursor?: string;
                /** @description rows of a page, at most 500 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Files of the shop, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportPage"];
                };
            };
            /** @description The request cannot be understood; nothing was done */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importFile: {
        parameters: {
            query?: {
                /** @description the file's name, without a path; orders.xml when not given */
                name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/xml": string;
            };
        };
        responses: {
            /** @description Hand a file in: it is kept, and a job takes its orders in */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportAsked"];
                };
            };
            /** @description The request cannot be understood; nothing was done */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this name */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listImportFindings: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before */
                cursor?: string;
                /** @description only findings of this kind */
                kind?: string;
                /** @description rows of a page, at most 500 */
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What of a file did not come in, and why, in the file's order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportFindingPage"];
                };
            };
            /** @description The request cannot be understood; nothing was done */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this name */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewImport: {
        parameters: {
            query?: {
                /** @description the file's name, without a path; orders.xml when not given */
                name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/xml": string;
            };
        };
        responses: {
            /** @description What importing this file would do; nothing is written */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportPreview"];
                };
            };
            /** @description The request cannot be understood; nothing was done */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listJobs: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before */
                cursor?: string;
                /** @description shown: also the checks for alerts that are done, one a minute; a kind shows them too */
                housekeeping?: string;
                /** @description only this kind, for example shipstation-sync */
                kind?: string;
                /** @description rows of a page, at most 200 */
                limit?: number;
                /** @description only this state: waiting, available, running, done, cancelled, dead */
                state?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Jobs, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobPage"];
                };
            };
            /** @description The request cannot be understood; nothing was done */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One job with its attempts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobDetail"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this name */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Cancel it: at once when it has not begun, else at its next stop */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this name */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getJobLog: {
        parameters: {
            query?: {
                /** @description only lines after this id: next_after of the answer before */
                after?: number;
            };
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The lines of all its attempts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobLog"];
                };
            };
            /** @description The request cannot be understood; nothing was done */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this name */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retryJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ask for a dead or cancelled job again: as a new job */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this name */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listKpis: {
        parameters: {
            query?: {
                /** @description so many days up to today, at most 400; 30 when not given */
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The numbers of past days, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KpiPage"];
                };
            };
            /** @description The request cannot be understood; nothing was done */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether mail is set up, and how the last one went */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailState"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testMail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MailTest"];
            };
        };
        responses: {
            /** @description Send a test mail */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailTestAsked"];
                };
            };
            /** @description The request cannot be understood; nothing was done */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listNodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The programs that do the work */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NodePage"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOpenapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description This description */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenapiDocument"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOrders: {
        parameters: {
            query?: {
                /** @description 1: only orders that left the inbox view; q finds them too */
                archived?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                /** @description rows of a page, at most 500 */
                limit?: number;
                /** @description 1: only orders that need a person */
                needs_attention?: number;
                /** @description order number, name, company or tracking number */
                q?: string;
                /** @description only orders with this SKU */
                sku?: string;
                /** @description only orders of this source system */
                source?: string;
                /** @description only this status */
                status?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Orders, newest change first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderPage"];
                };
            };
            /** @description The request cannot be understood; nothing was done */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One order with its timeline */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this name */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrderPayload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What ShipStation said, word for word */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderPayload"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this name */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrderWhy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Why an order is here, or is not */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderWhy"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this name */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRuns: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before */
                cursor?: string;
                /** @description rows of a page, at most 200 */
                limit?: number;
                /** @description runs of this workflow; shipstation-sync when not given */
                workflow?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Runs of a workflow, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunPage"];
                };
            };
            /** @description The request cannot be understood; nothing was done */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this name */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who is signed in, and whether anybody has to be */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    beginSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Sign in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description The request cannot be understood; nothing was done */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sign out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeOwnPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description A new password for oneself; all other sessions end */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description The request cannot be understood; nothing was done */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every setting, its value in force and where that comes from */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingPage"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setSetting: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingValue"];
            };
        };
        responses: {
            /** @description Keep a value in the database */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Setting"];
                };
            };
            /** @description The request cannot be understood; nothing was done */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this name */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resetSetting: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Back to the value of the file, or the built-in one */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Setting"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this name */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSettingChanges: {
        parameters: {
            query?: {
                /** @description changes, newest first, at most 500 */
                limit?: number;
            };
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who changed it when, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingChangePage"];
                };
            };
            /** @description The request cannot be understood; nothing was done */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this name */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetUp"];
            };
        };
        responses: {
            /** @description Make the first admin, with the link that the first start printed */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description The request cannot be understood; nothing was done */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewSync: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a run would do now: the job's result has its numbers and changes; nothing is changed */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobAsked"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startSync: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sync now */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncAsked"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSyncStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How far ShipStation has been read */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncStatus"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getToday: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The numbers of today and what needs a person */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Today"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description API tokens */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenPage"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenNew"];
            };
        };
        responses: {
            /** @description Make an API token; it is shown this once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenShown"];
                };
            };
            /** @description The request cannot be understood; nothing was done */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description From now on this token is refused */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this name */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who may sign in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPage"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserNew"];
            };
        };
        responses: {
            /** @description Let somebody in */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description The request cannot be understood; nothing was done */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UserChange"];
            };
        };
        responses: {
            /** @description Another role or password, disable, enable; ends the user's sessions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description The request cannot be understood; nothing was done */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this name */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWorkflows: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every workflow: switch, schedule, last runs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowPage"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWorkflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One workflow */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workflow"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this name */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disableWorkflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkflowDisable"];
            };
        };
        responses: {
            /** @description Switch it off, with the reason */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workflow"];
                };
            };
            /** @description The request cannot be understood; nothing was done */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this name */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    enableWorkflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["WorkflowEnable"];
            };
        };
        responses: {
            /** @description Switch it on */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workflow"];
                };
            };
            /** @description The request cannot be understood; nothing was done */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this name */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    runWorkflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Run it now, or find the run that is under way */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncAsked"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This role may not do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this name */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The program runs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Live"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No run failed and none is missing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ready"];
                };
            };
            /** @description A run failed, or a scheduled one is missing */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ready"];
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Numbers for Prometheus */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Why it could not be answered; nothing was done unless it says so */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
