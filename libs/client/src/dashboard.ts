/**
 * What the dashboard's HTTP interface takes and answers.
 *
 * Made by `npm run client` of the description that the dashboard gives at /docs-json (openapi-typescript). Not to be changed by hand: change the
 * shapes in libs/contracts or the controllers in apps/dashboard, and make it anew. A unit test of the dashboard fails where it was forgotten.
 */
export interface paths {
    "/v1/rollups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A unit's rollups for a window */
        get: operations["rollups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/units/{code}/children": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One row for each child of a unit, reported or not */
        get: operations["children"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/completeness": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reports (unit × month) expected, complete, on time, late and missing, which units, and by when a month is due */
        get: operations["completeness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rejections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Refused events of a unit and of those under it, newest first */
        get: operations["rejections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rollups/monthly": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A unit's figures month by month, up to two years of them */
        get: operations["monthly"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/units/{code}/table": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every child of a unit with its indicators, targets and the window before */
        get: operations["table"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/units/{code}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The changes that made a unit's figure, newest first */
        get: operations["history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/units/{code}/year": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A reporting unit's months by its indicators */
        get: operations["unitYear"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/units/{code}/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What each report of a year is: a province's communes and its own, or one commune */
        get: operations["calendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/units/{code}/suspicious": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures unlike what their unit reported before, or reports beside them: to be asked about */
        get: operations["suspicious"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/catalogue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The 29 indicators, and below which share of reports a figure is provisional */
        get: operations["catalogue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The provinces' plans and their targets */
        get: operations["plans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Country, provinces and communes, with the names in force today */
        get: operations["units"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Server-sent events: one `rollup` event for each rollup of the unit that changes
         * @description Open the stream, then read the figures: nothing is missed. `rollup`: a Rollup with `unit` and `window`; of one of which nothing live is left `percent` and `reporting` are null. `reports`: `unit`, `window`, `expected`, `reported`, `complete`. Every event has an id; who comes back with the last one gets what came since, or `resync`: events were missed, read everything anew.
         */
        get: operations["stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/summaries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The summaries, newest request first */
        get: operations["summariesList"];
        put?: never;
        /** Asks for a national summary now; with nothing changed, the id of the one that there is */
        post: operations["summariesRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/summaries/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A summary, or with .json or .docx behind its id the document */
        get: operations["summariesGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/months/{unit}/{period}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A month with its state, who submitted, and the hash of its figures */
        get: operations["month"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/months/{unit}/{period}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answers for the own report of a month; it moves no figure */
        post: operations["submitMonth"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/months/{unit}/{period}/lock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Locks the month of a province and its communes, as of what was seen */
        post: operations["lockMonth"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/months/{unit}/{period}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reopens a locked month, and says why */
        post: operations["reopenMonth"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/held": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Corrections of locked months that wait, or that were decided */
        get: operations["held"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/held/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accepts all that waits of a unit's month */
        post: operations["acceptAllHeld"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/held/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refuses all that waits of a unit's month, and says why */
        post: operations["refuseAllHeld"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/held/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accepts a correction: the cell says it from now on */
        post: operations["acceptHeld"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/held/{id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refuses a correction, and says why: the figure stays */
        post: operations["refuseHeld"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/units/{code}/reports/{period}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A unit's month as it is entered: its cells and their revisions */
        get: operations["reportForm"];
        put?: never;
        /** Enters cells of a month, or that nothing arose in it: checked, and sent to the intake as events */
        post: operations["enterReport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reminders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reminders of a unit and what is under it, newest first */
        get: operations["reminders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/units/{code}/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a unit is reminded */
        get: operations["contacts"];
        /** Sets where a unit is reminded, all of it */
        put: operations["setContacts"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sends a browser to the OpenID provider, to sign in */
        get: operations["signIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sign-in/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the provider sends the browser back to */
        get: operations["signInCallback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends the session, everywhere; without one nothing happens */
        post: operations["signOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who asks: name, roles and unit; nobody is an answer too */
        get: operations["me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where one is signed in: one's own sessions, the newest first */
        get: operations["sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a session of one’s own, or all but the present one */
        post: operations["endSessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did what, newest first, of a unit and what is under it */
        get: operations["audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process runs */
        get: operations["healthHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the service can do its work now */
        get: operations["healthReady"];
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
        /** The process's metrics, in the text format of Prometheus */
        get: operations["healthMetrics"];
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
        /** @description What went wrong (RFC 9457) */
        Problem: {
            /** @example about:blank */
            type: string;
            /** @example Bad request */
            title: string;
            /** @example 400 */
            status: number;
            /**
             * @description Stable; docs/contracts.md names them all
             * @example INVALID_WINDOW
             */
            code: string;
            detail: string;
        };
        /** @enum {string} */
        IndicatorCode: "a" | "b" | "c" | "d" | "dd" | "e" | "g" | "h" | "pop_addicts" | "pop_post_rehab" | "pop_substitution" | "relapses" | "drug_free_commune" | "drug_free_village" | "facility_works" | "community_models" | "trainings" | "trainees" | "certificates" | "vocational" | "jobs" | "loans" | "loan_amount" | "media_items" | "inspections" | "violations" | "commendations" | "budget_allocated" | "budget_spent";
        Month: {
            unit: string;
            period: string;
            /** @enum {string} */
            state: "open" | "locked";
            /**
             * Format: date-time
             * @description of the lock; while open the newest instant that a lock can be as of
             */
            cutOff: string;
            /** Format: date-time */
            lockedAt: string | null;
            by: {
                id: string;
                name: string;
            } | null;
            /** @description of what is locked; while open of what a lock would take */
            figures: string;
            /** @description of the unit’s own report: what it submits */
            ownFigures: string;
            submitted: {
                unit: string;
                /** Format: date-time */
                at: string;
                by: {
                    id: string;
                    name: string;
                };
                /** @description SHA-256 in hex */
                figures: string;
                /** @description whether the unit’s figures are still those that were submitted */
                isCurrent: boolean;
            }[];
            held: number;
        };
        SubmitRequest: {
            figures?: string;
        };
        LockRequest: {
            /** Format: date-time */
            cutOff: string;
            figures: string;
        };
        ReasonRequest: {
            reason: string;
        };
        MaybeReasonRequest: {
            reason?: string;
        };
        AcceptAllRequest: {
            unit: string;
            period: string;
            /** Format: date-time */
            upTo?: string;
            reason?: string;
        };
        RefuseAllRequest: {
            unit: string;
            period: string;
            /** Format: date-time */
            upTo?: string;
            reason: string;
        };
        HeldCorrection: {
            /** @example 00004.c.2026-03.1773480601250 */
            id: string;
            unit: string;
            indicator: components["schemas"]["IndicatorCode"];
            period: string;
            /** @description what the cell says; null: nothing */
            before?: {
                /** Format: int64 */
                numerator?: number;
                /** Format: int64 */
                denominator?: number;
                /** Format: int64 */
                value?: number;
                breakdown?: {
                    [key: string]: {
                        /** Format: int64 */
                        numerator?: number;
                        /** Format: int64 */
                        denominator?: number;
                        /** Format: int64 */
                        value?: number;
                    };
                };
            } | null;
            /** @description what it would say, or was to say; null: that it is taken back */
            after: {
                /** Format: int64 */
                numerator?: number;
                /** Format: int64 */
                denominator?: number;
                /** Format: int64 */
                value?: number;
                breakdown?: {
                    [key: string]: {
                        /** Format: int64 */
                        numerator?: number;
                        /** Format: int64 */
                        denominator?: number;
                        /** Format: int64 */
                        value?: number;
                    };
                };
            } | null;
            /** Format: date-time */
            receivedAt: string;
            event: {
                id: string;
                revision: number;
                /** Format: date-time */
                time: string;
            } | null;
            effect?: {
                unit: string;
                window: string;
                /** @description null: nothing is reported; left out where the caller may not see it */
                before?: {
                    /** Format: int64 */
                    numerator?: number;
                    /** Format: int64 */
                    denominator?: number;
                    /** Format: int64 */
                    value?: number;
                    percent: number | null;
                } | null;
                after?: {
                    /** Format: int64 */
                    numerator?: number;
                    /** Format: int64 */
                    denominator?: number;
                    /** Format: int64 */
                    value?: number;
                    percent: number | null;
                } | null;
                difference: {
                    /** Format: int64 */
                    numerator?: number;
                    /** Format: int64 */
                    denominator?: number;
                    /** Format: int64 */
                    value?: number;
                };
            }[];
            decided?: {
                /** @enum {string} */
                decision: "accepted" | "refused";
                reason?: string;
                /** Format: date-time */
                at: string;
                by: {
                    id: string;
                    name: string;
                };
            };
        };
        HeldCorrections: {
            unit: string;
            period?: string;
            total: number;
            /** @description of those that wait: how many of each unit’s month, beyond the items that are shown too */
            months?: {
                unit: string;
                period: string;
                held: number;
            }[];
            items: components["schemas"]["HeldCorrection"][];
        };
        DecidedCorrection: {
            /** @example 00004.c.2026-03.1773480601250 */
            id: string;
            unit: string;
            indicator: components["schemas"]["IndicatorCode"];
            period: string;
            decided: {
                /** @enum {string} */
                decision: "accepted" | "refused";
                reason?: string;
                /** Format: date-time */
                at: string;
                by: {
                    id: string;
                    name: string;
                };
            };
        };
        DecidedCorrections: {
            items: {
                /** @example 00004.c.2026-03.1773480601250 */
                id: string;
                unit: string;
                indicator: components["schemas"]["IndicatorCode"];
                period: string;
                decided: {
                    /** @enum {string} */
                    decision: "accepted" | "refused";
                    reason?: string;
                    /** Format: date-time */
                    at: string;
                    by: {
                        id: string;
                        name: string;
                    };
                };
            }[];
        };
        ReportForm: {
            unit: string;
            name: string;
            period: string;
            /**
             * Format: date-time
             * @description the last instant that is on time
             */
            deadline: string;
            /** @description what is entered is held until the province decides */
            isLocked: boolean;
            /** @description whether this installation takes what is entered */
            isConfigured: boolean;
            cells: {
                indicator: components["schemas"]["IndicatorCode"];
                /** @description what the cell says; null: nothing */
                figure: {
                    /** Format: int64 */
                    numerator?: number;
                    /** Format: int64 */
                    denominator?: number;
                    /** Format: int64 */
                    value?: number;
                    breakdown?: {
                        [key: string]: {
                            /** Format: int64 */
                            numerator?: number;
                            /** Format: int64 */
                            denominator?: number;
                            /** Format: int64 */
                            value?: number;
                        };
                    };
                } | null;
                /** @description the correction that waits */
                held: {
                    figure: {
                        /** Format: int64 */
                        numerator?: number;
                        /** Format: int64 */
                        denominator?: number;
                        /** Format: int64 */
                        value?: number;
                        breakdown?: {
                            [key: string]: {
                                /** Format: int64 */
                                numerator?: number;
                                /** Format: int64 */
                                denominator?: number;
                                /** Format: int64 */
                                value?: number;
                            };
                        };
                    } | null;
                } | null;
                /** @description the greatest that was ever said of the cell; 0: none */
                revision: number;
            }[];
        };
        EnterReport: {
            cells: {
                indicator: components["schemas"]["IndicatorCode"];
                /** @description the revision that the form showed */
                seen: number;
                /** @description null takes the cell back */
                figure: {
                    numerator?: number;
                    denominator?: number;
                    value?: number;
                    breakdown?: {
                        [key: string]: {
                            numerator?: number;
                            denominator?: number;
                            value?: number;
                        };
                    };
                } | null;
            }[];
        } | {
            /** @enum {boolean} */
            nothingArose: true;
            cells: {
                indicator: components["schemas"]["IndicatorCode"];
                seen: number;
            }[];
        };
        EnteredReport: {
            unit: string;
            period: string;
            accepted: number;
            cells: {
                indicator: components["schemas"]["IndicatorCode"];
                revision: number;
                /** @description its id */
                event: string;
                /** @description the month is locked: it waits for a decision */
                isHeld: boolean;
            }[];
            rejected: {
                /** @description null: of the month as a whole */
                indicator: components["schemas"]["IndicatorCode"] | (never | null);
                code: string;
                /** @description the place in the event, as /data/numerator */
                pointer: string;
                detail: string;
            }[];
        };
        ReportRefused: {
            type: string;
            title: string;
            status: number;
            code: string;
            detail: string;
            rejected: {
                /** @description null: of the month as a whole */
                indicator: components["schemas"]["IndicatorCode"] | (never | null);
                code: string;
                /** @description the place in the event, as /data/numerator */
                pointer: string;
                detail: string;
            }[];
        };
        Contacts: {
            unit: string;
            emails: string[];
            webhook: string | null;
            /** @description to be named by whoever changes them; 0: there are none */
            revision: number;
            /** Format: date-time */
            updatedAt: string | null;
            /** @description the webhook's secret (Standard Webhooks, whsec_…), only in the answer that made it */
            secret?: string;
        };
        ContactsRequest: {
            emails: (string & (string))[];
            webhook: string | null;
            revision: number;
            newSecret?: boolean;
        };
        Reminder: {
            /** @example 00004|2026-03|before-1|email */
            id: string;
            unit: string;
            name: string;
            period: string;
            /** @example before-1 */
            step: string;
            /** @enum {string} */
            channel: "email" | "webhook" | "none";
            /** @enum {string} */
            state: "planned" | "sending" | "sent" | "refused" | "failed" | "unknown" | "unneeded" | "expired" | "no-contact" | "no-channel";
            about: string[];
            /** @description for whoever may see the unit's contacts */
            to?: string[];
            attempts: number;
            reason?: string;
            /** Format: date-time */
            plannedAt: string;
            /** Format: date-time */
            settledAt: string | null;
        };
        Reminders: {
            unit: string;
            items: components["schemas"]["Reminder"][];
        };
        SummaryWaiting: {
            /** @example province stage */
            for: string;
            left: number | null;
        };
        Summary: {
            /** @example VN-2026-Q1-r1 */
            id: string;
            /** @example VN */
            unit: string;
            /** @example 2026-Q1 */
            window: string;
            revision: number;
            /** @enum {string} */
            status: "pending" | "issued" | "failed";
            /**
             * Format: date-time
             * @example 2026-03-22T07:00:00.000+07:00
             */
            issuedAt: string | null;
            /**
             * Format: date-time
             * @example 2026-03-22T07:00:00.000+07:00
             */
            cutOff: string | null;
            /** @description SHA-256 of the bytes of the JSON document, in hexadecimal */
            checksum: string | null;
            /** @description why it failed; only where it did */
            error?: string;
            waiting?: components["schemas"]["SummaryWaiting"];
        };
        Summaries: {
            items: components["schemas"]["Summary"][];
        };
        SummaryRequested: {
            /** @example VN-2026-Q1-r1 */
            id: string;
        };
        SummaryRequest: {
            /**
             * @description a month, quarter, half year, nine months or year that has begun, from 2025 to 2030
             * @example 2026-Q1
             */
            window: string;
        };
        SummaryContent: {
            /** @example VN */
            unit: string;
            /** @example 2026-Q1 */
            window: string;
            revision: number;
            /**
             * Format: date-time
             * @example 2026-03-22T07:00:00.000+07:00
             */
            cutOff: string;
            completeness: {
                [key: string]: unknown;
            }[];
            indicators: {
                [key: string]: unknown;
            }[];
            appendix: {
                [key: string]: unknown;
            }[];
            changesFromRevision: {
                [key: string]: unknown;
            }[] | null;
        } & {
            [key: string]: unknown;
        };
        Figure: {
            /** Format: int64 */
            numerator?: number;
            /** Format: int64 */
            denominator?: number;
            /** Format: int64 */
            value?: number;
        };
        Reporting: {
            expected: number;
            reported: number;
            current: number;
        };
        Target: {
            /** @enum {string} */
            op: ">=" | ">";
            percent: number;
            scope?: string[];
            byEnd?: {
                /** @enum {string} */
                op: ">=" | ">";
                percent: number;
            };
            note?: string;
        } | {
            /** @enum {string} */
            trend: "increase_year_on_year";
            note?: string;
        };
        Rollup: {
            indicator: components["schemas"]["IndicatorCode"];
            /** Format: int64 */
            numerator?: number;
            /** Format: int64 */
            denominator?: number;
            /** Format: int64 */
            value?: number;
            percent: number | null;
            breakdown: {
                [key: string]: components["schemas"]["Figure"];
            };
            reporting: components["schemas"]["Reporting"];
            /** Format: date-time */
            updatedAt: string;
            target: components["schemas"]["Target"] | (never | null);
            hasPlan: boolean;
            attained: boolean | null;
        };
        Rollups: {
            unit: string;
            window: string;
            /** Format: date-time */
            asOf?: string;
            items: components["schemas"]["Rollup"][];
        };
        Child: {
            indicator: components["schemas"]["IndicatorCode"];
            /** Format: int64 */
            numerator?: number;
            /** Format: int64 */
            denominator?: number;
            /** Format: int64 */
            value?: number;
            percent?: number | null;
            breakdown?: {
                [key: string]: components["schemas"]["Figure"];
            };
            reporting: components["schemas"]["Reporting"];
            /** Format: date-time */
            updatedAt?: string;
            target: components["schemas"]["Target"] | (never | null);
            hasPlan: boolean;
            attained: boolean | null;
            unit: string;
            name: string;
            reported: boolean;
        };
        Children: {
            unit: string;
            window: string;
            indicator: components["schemas"]["IndicatorCode"];
            /** Format: date-time */
            asOf?: string;
            items: components["schemas"]["Child"][];
        };
        Cell: {
            indicator: components["schemas"]["IndicatorCode"];
            /** Format: int64 */
            numerator?: number;
            /** Format: int64 */
            denominator?: number;
            /** Format: int64 */
            value?: number;
            percent: number | null;
            reporting: components["schemas"]["Reporting"];
            target: components["schemas"]["Target"] | (never | null);
            attained: boolean | null;
            gap: number | null;
            before: {
                /** Format: int64 */
                numerator?: number;
                /** Format: int64 */
                denominator?: number;
                /** Format: int64 */
                value?: number;
                percent: number | null;
            } | null;
        };
        Table: {
            unit: string;
            window: string;
            before: string | null;
            /** Format: date-time */
            asOf?: string;
            rows: {
                unit: string;
                name: string;
                hasPlan: boolean;
                items: components["schemas"]["Cell"][];
            }[];
        };
        Difference: {
            /** Format: int64 */
            numerator?: number;
            /** Format: int64 */
            denominator?: number;
            /** Format: int64 */
            value?: number;
        };
        Change: {
            /** Format: date-time */
            at: string;
            unit: string;
            period: string;
            /** @enum {string} */
            cause: "event" | "decision";
            event: {
                id: string;
                revision: number;
                /** Format: date-time */
                time: string;
            } | null;
            before: components["schemas"]["Figure"] | (never | null);
            after: components["schemas"]["Figure"] | (never | null);
            difference: components["schemas"]["Difference"];
            total: components["schemas"]["Figure"];
        };
        History: {
            unit: string;
            window: string;
            indicator: components["schemas"]["IndicatorCode"];
            items: components["schemas"]["Change"][];
            next?: string;
        };
        SuspiciousFigure: {
            unit: string;
            name: string;
            period: string;
            indicator: components["schemas"]["IndicatorCode"];
            /** Format: int64 */
            numerator?: number;
            /** Format: int64 */
            denominator?: number;
            /** Format: int64 */
            value?: number;
            percent: number | null;
            /** @enum {string} */
            reason: "contradicts" | "fell" | "zero" | "jump" | "repeated";
            /**
             * @description which number of the figure
             * @enum {string}
             */
            field: "numerator" | "denominator" | "value";
            /** @description the median of the months before; of fell and repeated the month before; of contradicts the other figure */
            compared: number;
            /** @description of contradicts: the other indicator */
            against: components["schemas"]["IndicatorCode"] | (never | null);
        };
        SuspiciousFigures: {
            unit: string;
            window: string;
            total: number;
            items: components["schemas"]["SuspiciousFigure"][];
        };
        MonthlyRollup: {
            window: string;
            indicator: components["schemas"]["IndicatorCode"];
            /** Format: int64 */
            numerator?: number;
            /** Format: int64 */
            denominator?: number;
            /** Format: int64 */
            value?: number;
            percent: number | null;
            reporting: components["schemas"]["Reporting"];
            /** Format: date-time */
            updatedAt: string;
        };
        MonthlyRollups: {
            unit: string;
            from: string;
            to: string;
            items: components["schemas"]["MonthlyRollup"][];
        };
        YearCell: {
            indicator: components["schemas"]["IndicatorCode"];
            /** @enum {string} */
            state: "missing" | "reported" | "corrected" | "nothingArose" | "takenBack";
            figure: {
                /** Format: int64 */
                numerator?: number;
                /** Format: int64 */
                denominator?: number;
                /** Format: int64 */
                value?: number;
                breakdown?: {
                    [key: string]: components["schemas"]["Figure"];
                };
            } | null;
            percent: number | null;
            event: {
                id: string;
                revision: number;
                time: string;
                /** Format: date-time */
                receivedAt: string;
            } | null;
            held: {
                figure: {
                    /** Format: int64 */
                    numerator?: number;
                    /** Format: int64 */
                    denominator?: number;
                    /** Format: int64 */
                    value?: number;
                    breakdown?: {
                        [key: string]: components["schemas"]["Figure"];
                    };
                } | null;
                event: {
                    id: string;
                    revision: number;
                    time: string;
                    /** Format: date-time */
                    receivedAt: string;
                };
            } | null;
            refused: {
                code: string;
                pointer: string;
                /** Format: date-time */
                at: string;
            } | null;
            flagged: {
                /** @enum {string} */
                reason: "contradicts" | "fell" | "zero" | "jump" | "repeated";
                /**
                 * @description which number of the figure
                 * @enum {string}
                 */
                field: "numerator" | "denominator" | "value";
                /** @description the median of the months before; of fell and repeated the month before; of contradicts the other figure */
                compared: number;
                /** @description of contradicts: the other indicator */
                against: components["schemas"]["IndicatorCode"] | (never | null);
            } | null;
        };
        UnitYear: {
            unit: string;
            name: string;
            province: string;
            year: string;
            months: {
                period: string;
                /** @enum {string} */
                status: "onTime" | "late" | "partial" | "missing" | "ahead";
                /** Format: date-time */
                deadline: string;
                isLocked: boolean;
                cells: components["schemas"]["YearCell"][];
            }[];
        };
        Completeness: {
            unit: string;
            window: string;
            deadlines?: {
                /** Format: date-time */
                commune: string;
                /** Format: date-time */
                province: string;
            };
            expected: number;
            reported: number;
            complete: number;
            onTime: number;
            late: number;
            partial: number;
            missing: number;
            units: {
                late: string[];
                partial: string[];
                missing: string[];
            };
            children: {
                unit: string;
                name: string;
                expected: number;
                reported: number;
                complete: number;
                onTime: number;
                late: number;
                partial: number;
                missing: number;
            }[];
        };
        ReportCalendar: {
            unit: string;
            year: string;
            months: {
                period: string;
                expected: number;
                onTime: number;
                late: number;
                partial: number;
                missing: number;
            }[];
            items: {
                unit: string;
                name: string;
                months: {
                    [key: string]: "onTime" | "late" | "partial" | "missing" | "ahead";
                };
            }[];
        };
        Rejection: {
            unit?: string;
            indicator?: components["schemas"]["IndicatorCode"];
            period?: string;
            /**
             * Format: date-time
             * @description when the unit reported the same figure again and was accepted
             */
            mendedAt?: string;
            code: string;
            pointer: string;
            detail: string;
            origin: "http" | {
                topic: string;
                partition: number;
                offset: string;
            };
            /** Format: date-time */
            receivedAt: string;
        };
        Rejections: {
            unit?: string;
            items: components["schemas"]["Rejection"][];
        };
        AuditTrail: {
            items: {
                id: string;
                what: string;
                who: {
                    id: string;
                    name: string;
                    kind: string;
                    roles: string[];
                    unit: string;
                } | null;
                unit: string | null;
                /** Format: date-time */
                at: string;
                from: string | null;
                outcome: string;
                facts?: {
                    [key: string]: string;
                };
            }[];
            next?: string;
        };
        Unit: {
            code: string;
            name: string;
            fullName: string;
            /** @enum {string} */
            level: "country" | "province" | "commune";
            parent: string | null;
            unitType: string;
        };
        Units: {
            items: components["schemas"]["Unit"][];
        };
        Indicator: {
            code: components["schemas"]["IndicatorCode"];
            letter: string | null;
            name_vi: string;
            name_en: string;
            /** @enum {string} */
            group: "target" | "activity";
            /** @enum {string} */
            kind: "ratio" | "count" | "amount";
            /** @enum {string} */
            over_time: "last" | "sum";
            reported_by: ("commune" | "province")[];
            unit: string;
            source: string;
            numerator_vi?: string;
            denominator_vi?: string;
            breakdown?: string[];
            max_per_unit?: number;
        };
        Catalogue: {
            version: string;
            source: string;
            indicators: components["schemas"]["Indicator"][];
            provisionalBelow: number;
        } & {
            [key: string]: unknown;
        };
        Plan: {
            unit: string;
            name: string;
            issued: string;
            from_year: number;
            to_year: number;
            standing_agency: string;
            targets: {
                [key: string]: {
                    yearly?: {
                        [key: string]: {
                            /** @enum {string} */
                            op: ">=" | ">";
                            percent: number;
                        };
                    };
                    by_end?: {
                        /** @enum {string} */
                        op: ">=" | ">";
                        percent: number;
                    };
                    scope?: string[];
                    /** @enum {string} */
                    trend?: "increase_year_on_year";
                    note?: string;
                } & {
                    [key: string]: unknown;
                };
            };
        } & {
            [key: string]: unknown;
        };
        Plans: {
            plans: components["schemas"]["Plan"][];
        };
        Person: {
            name: string;
            roles: ("reporter" | "signer" | "analyst" | "operator" | "auditor")[];
            unit: string;
            unitName: string;
            /** @enum {string} */
            level: "country" | "province" | "commune";
            parent: string | null;
            may: string[];
        };
        Me: {
            signedIn: components["schemas"]["Person"] | (never | null);
            demoUsers?: {
                id: string;
                name: string;
                roles: ("reporter" | "signer" | "analyst" | "operator" | "auditor")[];
                unit: string;
                unitName: string;
                /** @enum {string} */
                level: "country" | "province" | "commune";
                parent: string | null;
            }[];
        };
        SignedOut: {
            /**
             * Format: uri
             * @description where the browser is to go on to: it comes back to the page
             */
            provider: string;
        };
        Sessions: {
            items: {
                /** @description what it is called when it is to be ended; opens nothing */
                session: string;
                /** Format: date-time */
                began: string;
                /** Format: date-time */
                lastUsed: string;
                /** @description the address that it was begun from */
                from: string | null;
                isThis: boolean;
            }[];
        };
        EndSessions: {
            session: string;
        } | {
            /** @enum {boolean} */
            others: true;
        };
        EndedSessions: {
            ended: number;
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
    rollups: {
        parameters: {
            query: {
                /** @description As known at this instant (RFC 3339, milliseconds), not later than now */
                asOf?: string;
                indicator?: "a" | "b" | "c" | "d" | "dd" | "e" | "g" | "h" | "pop_addicts" | "pop_post_rehab" | "pop_substitution" | "relapses" | "drug_free_commune" | "drug_free_village" | "facility_works" | "community_models" | "trainings" | "trainees" | "certificates" | "vocational" | "jobs" | "loans" | "loan_amount" | "media_items" | "inspections" | "violations" | "commendations" | "budget_allocated" | "budget_spent";
                window: string;
                unit: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rollups that exist: none where nothing live is reported; with an ETag; as a table with `Accept`, or with .csv, .xlsx or .ndjson after the path */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rollups"];
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description Nothing changed since the answer whose ETag If-None-Match names */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter that is not known or means nothing: INVALID_PARAMETER, INVALID_WINDOW, UNKNOWN_INDICATOR */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not within what the caller may do: FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No unit has this code: UNKNOWN_UNIT */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description MongoDB or Kafka is away, or what was received by the instant is not all in yet: CUT_OFF_OPEN; Retry-After says when to come again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    children: {
        parameters: {
            query: {
                /** @description As known at this instant (RFC 3339, milliseconds), not later than now */
                asOf?: string;
                indicator: "a" | "b" | "c" | "d" | "dd" | "e" | "g" | "h" | "pop_addicts" | "pop_post_rehab" | "pop_substitution" | "relapses" | "drug_free_commune" | "drug_free_village" | "facility_works" | "community_models" | "trainings" | "trainees" | "certificates" | "vocational" | "jobs" | "loans" | "loan_amount" | "media_items" | "inspections" | "violations" | "commendations" | "budget_allocated" | "budget_spent";
                window: string;
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One row for each child; with an ETag; as a table with `Accept`, or with .csv, .xlsx or .ndjson after the path */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Children"];
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description Nothing changed since the answer whose ETag If-None-Match names */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter that is not known or means nothing: INVALID_PARAMETER, INVALID_WINDOW, UNKNOWN_INDICATOR */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not within what the caller may do: FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No unit has this code: UNKNOWN_UNIT */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description MongoDB or Kafka is away, or what was received by the instant is not all in yet: CUT_OFF_OPEN; Retry-After says when to come again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    completeness: {
        parameters: {
            query: {
                window: string;
                unit: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counts, and units by what at least one of their reports is; with an ETag; as a table with `Accept`, or with .csv, .xlsx or .ndjson after the path */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Completeness"];
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description Nothing changed since the answer whose ETag If-None-Match names */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter that is not known or means nothing: INVALID_PARAMETER, INVALID_WINDOW, UNKNOWN_INDICATOR */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not within what the caller may do: FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No unit has this code: UNKNOWN_UNIT */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description MongoDB or Kafka is away, or what was received by the instant is not all in yet: CUT_OFF_OPEN; Retry-After says when to come again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    rejections: {
        parameters: {
            query?: {
                limit?: number;
                unit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The refusals; as a table with `Accept`, or with .csv, .xlsx or .ndjson after the path */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rejections"];
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description A parameter that is not known or means nothing: INVALID_PARAMETER, INVALID_WINDOW, UNKNOWN_INDICATOR */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not within what the caller may do: FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No unit has this code: UNKNOWN_UNIT */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description MongoDB or Kafka is away, or what was received by the instant is not all in yet: CUT_OFF_OPEN; Retry-After says when to come again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    monthly: {
        parameters: {
            query: {
                /** @description The last one */
                to: string;
                /** @description The first month */
                from: string;
                unit: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures that exist, the oldest month first; with an ETag; as a table with `Accept`, or with .csv, .xlsx or .ndjson after the path */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MonthlyRollups"];
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description Nothing changed since the answer whose ETag If-None-Match names */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter that is not known or means nothing: INVALID_PARAMETER */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not within what the caller may do: FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No unit has this code: UNKNOWN_UNIT */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description MongoDB is away; Retry-After says when to come again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    table: {
        parameters: {
            query: {
                /** @description As known at this instant (RFC 3339, milliseconds), not later than now */
                asOf?: string;
                /** @description Only the indicators that plans set targets for, or only the others */
                group?: "target" | "activity";
                window: string;
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One row for each child; with an ETag; as a table with `Accept`, or with .csv, .xlsx or .ndjson after the path */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Table"];
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description Nothing changed since the answer whose ETag If-None-Match names */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter that is not known or means nothing: INVALID_PARAMETER, INVALID_WINDOW, UNKNOWN_INDICATOR */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not within what the caller may do: FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No unit has this code: UNKNOWN_UNIT */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description MongoDB or Kafka is away, or what was received by the instant is not all in yet: CUT_OFF_OPEN; Retry-After says when to come again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    history: {
        parameters: {
            query: {
                /** @description A page's `next` */
                cursor?: string;
                limit?: number;
                indicator: "a" | "b" | "c" | "d" | "dd" | "e" | "g" | "h" | "pop_addicts" | "pop_post_rehab" | "pop_substitution" | "relapses" | "drug_free_commune" | "drug_free_village" | "facility_works" | "community_models" | "trainings" | "trainees" | "certificates" | "vocational" | "jobs" | "loans" | "loan_amount" | "media_items" | "inspections" | "violations" | "commendations" | "budget_allocated" | "budget_spent";
                window: string;
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of changes; they add up from nothing to the figure; as a table with `Accept`, or with .csv, .xlsx or .ndjson after the path */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["History"];
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description A parameter that is not known or means nothing: INVALID_PARAMETER, INVALID_WINDOW, UNKNOWN_INDICATOR */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not within what the caller may do: FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No unit has this code: UNKNOWN_UNIT */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description MongoDB is away; Retry-After says when to come again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    unitYear: {
        parameters: {
            query: {
                /** @description An event of the unit that was just sent: the answer waits for it, up to eight seconds */
                event?: string;
                year: string;
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its own reports, month by month; with an ETag */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnitYear"];
                };
            };
            /** @description Nothing changed since the answer whose ETag If-None-Match names */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter that is not known or means nothing: INVALID_PARAMETER */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not within what the caller may do: FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No unit has this code: UNKNOWN_UNIT */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description MongoDB is away; Retry-After says when to come again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    calendar: {
        parameters: {
            query: {
                year: string;
            };
            header?: never;
            path: {
                /** @description A province, or a commune */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One row for each unit, and the counts of each month; with an ETag; as a table with `Accept`, or with .csv, .xlsx or .ndjson after the path */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportCalendar"];
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description Nothing changed since the answer whose ETag If-None-Match names */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter that is not known or means nothing: INVALID_PARAMETER */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not within what the caller may do: FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No unit has this code: UNKNOWN_UNIT */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description MongoDB is away; Retry-After says when to come again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    suspicious: {
        parameters: {
            query: {
                limit?: number;
                window: string;
            };
            header?: never;
            path: {
                /** @description A province, or a commune */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest month first, and how many there are; with an ETag; as a table with `Accept`, or with .csv, .xlsx or .ndjson after the path */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuspiciousFigures"];
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description Nothing changed since the answer whose ETag If-None-Match names */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter that means nothing: INVALID_PARAMETER, INVALID_WINDOW */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not within what the caller may do: FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No unit has this code: UNKNOWN_UNIT */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description MongoDB is away; Retry-After says when to come again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    catalogue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The indicators; with an ETag, 304 to whoever names it in If-None-Match; as a table with `Accept`, or with .csv, .xlsx or .ndjson after the path */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Catalogue"];
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description A parameter that is not known, or means nothing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    plans: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The plans; with an ETag, 304 to whoever names it in If-None-Match */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Plans"];
                };
            };
            /** @description A parameter that is not known, or means nothing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    units: {
        parameters: {
            query?: {
                parent?: string;
                level?: "country" | "province" | "commune";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The units; with an ETag, 304 to whoever names it in If-None-Match; as a table with `Accept`, or with .csv, .xlsx or .ndjson after the path */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Units"];
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description A parameter that is not known, or means nothing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No unit has the code that is given as parent */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    stream: {
        parameters: {
            query?: {
                /** @description As Last-Event-ID */
                lastEventId?: string;
                /** @description Only the rollups of these windows, separated by commas; without it those of all. Who wants others opens the stream anew, without an id. `reports` come of every month */
                window?: string;
                /** @description true: of the country also the rollups of the provinces, and `reports` events, how far each has come */
                children?: "true" | "false";
                unit?: string;
            };
            header?: {
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events without end */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description A parameter that is not known, or means nothing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody known asks */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not within what the caller may do */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No unit has this code */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    summariesList: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the summaries, newest request first; as a table with `Accept`, or with .csv, .xlsx or .ndjson after the path */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Summaries"];
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not within what the caller may do: FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description MongoDB is away; Retry-After says when to come again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    summariesRequest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SummaryRequest"];
            };
        };
        responses: {
            /** @description the id of the summary to wait for */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SummaryRequested"];
                };
            };
            /** @description the body is not JSON, or names no window: INVALID_WINDOW */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not within what the caller may do: FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the window has not begun: WINDOW_NOT_BEGUN */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Kafka or MongoDB is away; Retry-After says when to come again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    summariesGet: {
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
            /** @description the summary; with .json behind its id what it says, with .docx the Word document */
            200: {
                headers: {
                    /** @description of the bytes */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Summary"] | components["schemas"]["SummaryContent"];
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": string;
                };
            };
            /** @description the caller has the document already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not within what the caller may do: FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such summary, or its document is not issued */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description MongoDB is away; Retry-After says when to come again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    month: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A province, or a commune */
                unit: string;
                /** @description A month */
                period: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the month as it stands */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Month"];
                };
            };
            /** @description A parameter that is not known or means nothing: INVALID_PARAMETER */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not within what the caller may do: FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No unit has this code: UNKNOWN_UNIT */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Kafka or MongoDB is away, or behind (CUT_OFF_OPEN); Retry-After says when to come again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    submitMonth: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A province, or a commune */
                unit: string;
                /** @description A month */
                period: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SubmitRequest"];
            };
        };
        responses: {
            /** @description the month as it stands then */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Month"];
                };
            };
            /** @description The body is another (INVALID_PARAMETER), or its reason names or numbers a person (PERSONAL_DATA) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not within what the caller may do: FORBIDDEN; who submitted of the month is to lock it and another could: SAME_PERSON */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No unit has this code: UNKNOWN_UNIT */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The month is locked (MONTH_LOCKED) or open (MONTH_OPEN) by now, its figures are others (FIGURES_CHANGED), or it has not begun (WINDOW_NOT_BEGUN) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json: UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is away; or the cut-off is not closed (CUT_OFF_OPEN); or it is decided and cannot be seen yet (DECISION_UNDER_WAY): look again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    lockMonth: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A province */
                unit: string;
                /** @description A month */
                period: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LockRequest"];
            };
        };
        responses: {
            /** @description the month as it stands then */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Month"];
                };
            };
            /** @description The body is another (INVALID_PARAMETER), or its reason names or numbers a person (PERSONAL_DATA) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not within what the caller may do: FORBIDDEN; who submitted of the month is to lock it and another could: SAME_PERSON */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No unit has this code: UNKNOWN_UNIT */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The month is locked (MONTH_LOCKED) or open (MONTH_OPEN) by now, its figures are others (FIGURES_CHANGED), or it has not begun (WINDOW_NOT_BEGUN) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json: UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is away; or the cut-off is not closed (CUT_OFF_OPEN); or it is decided and cannot be seen yet (DECISION_UNDER_WAY): look again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    reopenMonth: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A province */
                unit: string;
                /** @description A month */
                period: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReasonRequest"];
            };
        };
        responses: {
            /** @description the month as it stands then */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Month"];
                };
            };
            /** @description The body is another (INVALID_PARAMETER), or its reason names or numbers a person (PERSONAL_DATA) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not within what the caller may do: FORBIDDEN; who submitted of the month is to lock it and another could: SAME_PERSON */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No unit has this code: UNKNOWN_UNIT */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The month is locked (MONTH_LOCKED) or open (MONTH_OPEN) by now, its figures are others (FIGURES_CHANGED), or it has not begun (WINDOW_NOT_BEGUN) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json: UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is away; or the cut-off is not closed (CUT_OFF_OPEN); or it is decided and cannot be seen yet (DECISION_UNDER_WAY): look again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    held: {
        parameters: {
            query?: {
                limit?: number;
                /** @description true: those that were decided, with who, when and why */
                decided?: "true";
                /** @description A month */
                period?: string;
                unit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as many as were asked for, and how many there are; as a table with `Accept`, or with .csv, .xlsx or .ndjson after the path */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeldCorrections"];
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description A parameter that is not known or means nothing: INVALID_PARAMETER */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not within what the caller may do: FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No unit has this code: UNKNOWN_UNIT */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Kafka or MongoDB is away, or behind (CUT_OFF_OPEN); Retry-After says when to come again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    acceptAllHeld: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptAllRequest"];
            };
        };
        responses: {
            /** @description those that were accepted by it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecidedCorrections"];
                };
            };
            /** @description The body is another (INVALID_PARAMETER), or its reason names or numbers a person (PERSONAL_DATA) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not within what the caller may do: FORBIDDEN; who submitted of the month is to lock it and another could: SAME_PERSON */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such correction (NOT_FOUND), or no such unit (UNKNOWN_UNIT) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is decided already (DECIDED_ALREADY), another has come since (HELD_CHANGED), or the month is open by now (MONTH_OPEN) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json: UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is away; or the cut-off is not closed (CUT_OFF_OPEN); or it is decided and cannot be seen yet (DECISION_UNDER_WAY): look again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    refuseAllHeld: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefuseAllRequest"];
            };
        };
        responses: {
            /** @description those that were refused by it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecidedCorrections"];
                };
            };
            /** @description The body is another (INVALID_PARAMETER), or its reason names or numbers a person (PERSONAL_DATA) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not within what the caller may do: FORBIDDEN; who submitted of the month is to lock it and another could: SAME_PERSON */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such correction (NOT_FOUND), or no such unit (UNKNOWN_UNIT) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is decided already (DECIDED_ALREADY), another has come since (HELD_CHANGED), or the month is open by now (MONTH_OPEN) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json: UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is away; or the cut-off is not closed (CUT_OFF_OPEN); or it is decided and cannot be seen yet (DECISION_UNDER_WAY): look again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    acceptHeld: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As a list names it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["MaybeReasonRequest"];
            };
        };
        responses: {
            /** @description what was decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecidedCorrection"];
                };
            };
            /** @description The body is another (INVALID_PARAMETER), or its reason names or numbers a person (PERSONAL_DATA) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not within what the caller may do: FORBIDDEN; who submitted of the month is to lock it and another could: SAME_PERSON */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such correction (NOT_FOUND), or no such unit (UNKNOWN_UNIT) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is decided already (DECIDED_ALREADY), another has come since (HELD_CHANGED), or the month is open by now (MONTH_OPEN) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json: UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is away; or the cut-off is not closed (CUT_OFF_OPEN); or it is decided and cannot be seen yet (DECISION_UNDER_WAY): look again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    refuseHeld: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As a list names it */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReasonRequest"];
            };
        };
        responses: {
            /** @description what was decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecidedCorrection"];
                };
            };
            /** @description The body is another (INVALID_PARAMETER), or its reason names or numbers a person (PERSONAL_DATA) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not within what the caller may do: FORBIDDEN; who submitted of the month is to lock it and another could: SAME_PERSON */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such correction (NOT_FOUND), or no such unit (UNKNOWN_UNIT) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is decided already (DECIDED_ALREADY), another has come since (HELD_CHANGED), or the month is open by now (MONTH_OPEN) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json: UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is away; or the cut-off is not closed (CUT_OFF_OPEN); or it is decided and cannot be seen yet (DECISION_UNDER_WAY): look again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    reportForm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A commune, or a province */
                code: string;
                /** @description A month */
                period: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the month as it stands */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportForm"];
                };
            };
            /** @description The country reports nothing itself, or it is no month: INVALID_PARAMETER */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not within what the caller may do: FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No unit has this code: UNKNOWN_UNIT */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description MongoDB is away; Retry-After says when to come again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    enterReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A commune, or a province */
                code: string;
                /** @description A month */
                period: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EnterReport"];
            };
        };
        responses: {
            /** @description what the intake took; what it refused, by its place */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnteredReport"];
                };
            };
            /** @description The body is another: INVALID_PARAMETER */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not within what the caller may do: FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No unit has this code: UNKNOWN_UNIT */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A cell says something else than when it was seen: REPORT_CHANGED. Nothing was sent */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json: UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of it is not right, and nothing was taken: EVENTS_REFUSED */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ReportRefused"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The intake takes nothing now (INTAKE_UNAVAILABLE), no answer of it was seen (ENTRY_UNDER_WAY: the same once more does no harm), figures are not entered here (ENTRY_NOT_CONFIGURED), or MongoDB or the audit log is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Any other fault
             *
             *     Any other fault
             */
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
    reminders: {
        parameters: {
            query?: {
                limit?: number;
                /** @description A month */
                period?: string;
                unit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description what was sent, to whom, and what became of it; as a table with `Accept`, or with .csv, .xlsx or .ndjson after the path */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reminders"];
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description A parameter that is not known or means nothing: INVALID_PARAMETER */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not within what the caller may do: FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No unit has this code: UNKNOWN_UNIT */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description MongoDB is away; Retry-After says when to come again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    contacts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description its contacts; none where nobody has written any */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contacts"];
                };
            };
            /** @description The country is reminded of nothing: INVALID_PARAMETER */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not within what the caller may do: FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No unit has this code: UNKNOWN_UNIT */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description MongoDB or the audit log is away; Retry-After says when to come again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    setContacts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactsRequest"];
            };
        };
        responses: {
            /** @description its contacts from now on, and the secret of its webhook where one was made */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contacts"];
                };
            };
            /** @description The body is another, or the address of the webhook will not do: INVALID_PARAMETER */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not within what the caller may do: FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No unit has this code: UNKNOWN_UNIT */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description They are others by now than those that were seen: CONTACTS_CHANGED */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json: UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description MongoDB or the audit log is away; Retry-After says when to come again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    signIn: {
        parameters: {
            query?: {
                /** @description true: the provider asks anew who it is, whoever is signed in there */
                again?: "true";
                /** @description As whom; the provider decides */
                as?: string;
                /** @description The path here where it goes on */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the provider */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter that is not known */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller or its address may */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The OpenID provider, or Redis, does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    signInCallback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed in: to the page, with the session in a cookie */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not signed in: a page that says why */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description More is asked than the caller or its address may */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The OpenID provider, or Redis, does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description There is no session any more here; the browser is to go on to the provider */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedOut"];
                };
            };
            /** @description There is no session any more */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Asked by the page of another site */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller or its address may */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Redis does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description who asks, or that nobody does and how to sign in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description More is asked than the caller or its address may */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The OpenID provider, or Redis, does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the caller's own sessions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sessions"];
                };
            };
            /** @description Nobody known asks, or the page of another site: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Redis does not answer, or the audit log */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    endSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndSessions"];
            };
        };
        responses: {
            /** @description they have ended, everywhere */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndedSessions"];
                };
            };
            /** @description The body is another: INVALID_PARAMETER */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody known asks, or the page of another site: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The sign-in was too long ago for any but the present one: SIGN_IN_AGAIN (/sign-in?again=true) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the caller has this name: NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json: UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Redis does not answer, or the audit log */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    audit: {
        parameters: {
            query?: {
                /** @description A page's `next` */
                cursor?: string;
                limit?: number;
                /** @description The last day, in Việt Nam */
                to?: string;
                /** @description The first day, in Việt Nam */
                from?: string;
                /** @description A principal's id */
                who?: string;
                what?: "sign-in" | "sign-in.failed" | "sign-out" | "session.ended" | "credentials.refused" | "access.issued" | "access.bound" | "access.rotated" | "access.revoked" | "events.publish" | "figures.read" | "summary.requested" | "document.downloaded" | "export" | "audit.read" | "contacts.read" | "contacts.changed" | "report.entered" | "figures.rebuilt" | "figures.repaired" | "record.set-aside" | "refusal.opened" | "refusals.replayed" | "sealing-keys.destroyed" | "decision.submit" | "decision.lock" | "decision.reopen" | "decision.accept" | "decision.refuse";
                unit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of entries; as a table with `Accept`, or with .csv, .xlsx or .ndjson after the path */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditTrail"];
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description A parameter that is not known or means nothing: INVALID_PARAMETER */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not within what the caller may do: FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No unit has this code: UNKNOWN_UNIT */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description MongoDB is away; Retry-After says when to come again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
    healthHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "ok";
                    };
                };
            };
        };
    };
    healthReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It can */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "ok" | "unavailable";
                        /** @description What the service needs */
                        parts: {
                            [key: string]: boolean;
                        };
                        /** @description Of each part that is not there, the reason */
                        why?: {
                            [key: string]: string;
                        };
                    };
                };
            };
            /** @description It cannot */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "ok" | "unavailable";
                        /** @description What the service needs */
                        parts: {
                            [key: string]: boolean;
                        };
                        /** @description Of each part that is not there, the reason */
                        why?: {
                            [key: string]: string;
                        };
                    };
                };
            };
        };
    };
    healthMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Metrics */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Nobody known asks: UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description For an operator, or whoever METRICS_TOKEN names: FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other fault */
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
