// Node-RED with nothing but the flow: no editor, no admin interface, no log of what goes well.
module.exports = {
    uiHost: "127.0.0.1",
    httpAdminRoot: false,
    disableEditor: true,
    apiMaxLength: "110mb",
    diagnostics: { enabled: false, ui: false },
    telemetry: { enabled: false },
    credentialSecret: false,
    logging: { console: { level: "warn" } },
};
