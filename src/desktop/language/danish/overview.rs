//! *Overblik* in Danish.

use super::grammar::{GRAMMAR, MESSAGES, counted};
use super::messages::outcome_word;
use super::{access, calendar, errors, router, routers, service_levels, watching};
use crate::desktop::language::texts::hindrances::HindranceTexts;
use crate::desktop::language::texts::overview::{
    AgoTexts, DeactivationTexts, FagsystemColumns, OverviewTexts, WarningTexts,
};
use crate::desktop::model::health::Health;
use crate::router::CertificateUse;
use crate::secrets::SecretKind;
use crate::store::{OutcomeGroup, OverviewPeriod};

pub(super) const TEXTS: OverviewTexts = OverviewTexts {
    title: "Overblik",
    grammar: GRAMMAR,
    period: |period| match period {
        OverviewPeriod::Day => "24 timer",
        OverviewPeriod::Week => "7 dage",
        OverviewPeriod::Month => "30 dage",
    },
    within: |period| match period {
        OverviewPeriod::Day => "De seneste 24 timer, time for time",
        OverviewPeriod::Week => "I dag og de seks dage før, i tre timer ad gangen",
        OverviewPeriod::Month => "I dag og de 29 dage før, dag for dag",
    },
    none: "Her ses hver times meddelelser, hvad der blev af dem, hvor hurtigt der blev svaret, og hvordan hvert fagsystem \
           har det – så snart routeren har modtaget den første meddelelse.",
    to_router: "Gå til Router",
    received: "Modtaget",
    under_way: counted("1 undervejs", |count| format!("{count} undervejs")).or_none("ingen undervejs"),
    accepted: "Accepteret",
    share_of_all: |share| format!("{share} af de modtagne"),
    not_accepted: "Ikke accepteret",
    by_default: "Til opsamlingssystem",
    by_default_of: |by_default, routed| format!("{by_default} af {routed} fordelte"),
    answers: "Svartid",
    answered_within: |limit| format!("inden {limit}"),
    slowest: |duration| format!("langsomste {duration}"),
    messages: "Meddelelser",
    group: |group| match group {
        OutcomeGroup::Accepted => "Accepteret",
        OutcomeGroup::Rejected => "Afvist",
        OutcomeGroup::Unavailable => "Utilgængeligt/uvist",
        OutcomeGroup::Refused => "Afvist af routeren",
    },
    weekdays: calendar::WEEKDAYS,
    short_weekday: 2,
    hours: |day, from, to| format!("{day} kl. {from:02}–{to:02}"),
    count: MESSAGES,
    attention: "Kræver opmærksomhed",
    clock_is_right: "Uret er rigtigt",
    start_router: "Start routeren",
    probe: "Afprøv",
    resume: "Genoptag",
    open_fagsystem: "Fagsystem",
    show_rule: "Vis reglen",
    show_messages: "Vis meddelelser",
    resumed: |name| format!("{name} er genoptaget"),
    no_attention: "Intet kræver opmærksomhed lige nu.",
    warning: WARNINGS,
    fagsystems: "Fagsystemer",
    columns: FagsystemColumns {
        name: "Fagsystem",
        health: "Tilstand",
        last_accepted: "Senest accepteret",
        messages: "Meddelelser",
        failed: "Ikke accepteret",
        under_way: "Undervejs",
        answer: "Svartid",
    },
    health: |health| match health {
        Health::Paused => "På pause",
        Health::Failing => "Fejler",
        Health::Rejecting => "Afviser",
        Health::Running => "Kører",
        Health::NotSeen => "Ved ikke",
    },
    ago: AgoTexts {
        moment: "for et øjeblik siden",
        minutes: counted("for 1 minut siden", |minutes| format!("for {minutes} minutter siden")),
        hours: counted("for 1 time siden", |hours| format!("for {hours} timer siden")),
        days: counted("for 1 dag siden", |days| format!("for {days} dage siden")),
    },
    never_tried: "har aldrig fået en meddelelse",
    never_accepted: "aldrig",
    last_failure: |when, why| format!("Fejl {when}: {why}"),
    outcome: |outcome| outcome_word(outcome, None, false),
    reason: |reason| &reason.explanation().danish,
};

const WARNINGS: WarningTexts = WarningTexts {
    error: errors::error,
    refuses: router::refuses,
    router_stopped: "Routeren er stoppet",
    routers: &routers::TROUBLES,
    start_router: "Posten bliver i Digital Post, til den kører. Intet program kører den på disse data: Start den her, eller dér, \
                   hvor den plejer at køre.",
    router_unknown: "Ved ikke, om routeren kører",
    look_at_data: "Låsen eller databasen kan ikke læses. Se efter, om mappen med data er der, og hvem der ejer den.",
    router_failed: "Routeren kan ikke køre",
    router_refuses: "Routeren afviser alt for nu",
    deactivation: DeactivationTexts {
        nothing_for_days: counted("har intet accepteret i 1 dag", |days| format!("har intet accepteret i {days} dage")),
        never_anything: "har aldrig accepteret noget",
        nothing: "har intet accepteret",
        whole: |name, since, is_over, countdown| {
            format!("{name} {since}{} {countdown}", if is_over { " og" } else { "," })
        },
        may_be_over: "kan være deaktiveret",
        in_hours: counted("deaktiveres om 1 time", |hours| format!("deaktiveres om {hours} timer")),
        in_days: counted("deaktiveres om 1 dag", |days| format!("deaktiveres om {days} dage")),
        resume: "Det er på pause. Genoptag det, når det igen kan tage imod.",
        try_it: "Der er ikke kommet noget til det. Send en prøvemeddelelse, eller fjern det fra kontaktstrukturen.",
    },
    not_accepted: |name, why| format!("{name} har ikke accepteret den seneste meddelelse{why}"),
    many_not_accepted: |name, messages, why| {
        format!("{name} har ikke accepteret de seneste {messages} meddelelser{why}")
    },
    ask_supplier: "Hør hos systemets leverandør.",
    look_at_rejections: "Systemet afviser selv meddelelserne. Se svarkoden på de afviste, og hør hos leverandøren.",
    ask_whether_it_runs: "Hør hos leverandøren, om systemet kører. Digital Post sender posten igen.",
    unknown_one: |name| format!("{name} har måske fået 1 meddelelse, som ingen ved noget om"),
    unknown: |name, messages| format!("{name} har måske fået {messages} meddelelser, som ingen ved noget om"),
    look_them_up: "Slå dem op i fagsystemet. Kommer de igen, går de kun til det samme system.",
    shared_uuid: counted("To forskellige meddelelser er kommet med samme meddelelses-id", |times| {
        format!("{times} gange er der kommet forskellige meddelelser med samme meddelelses-id")
    }),
    report_shared_uuid: "Hver meddelelse skal have sit eget id: Sig det til afsenderen eller Digital Post.",
    clock_doubted: |shown| format!("Routerens ur er sprunget til {shown}"),
    set_clock: |expected| {
        format!(
            "Det burde vise omkring {expected}. Imens sletter journalen intet. Stil uret, eller bekræft det, hvis maskinen har \
             været slukket længe."
        )
    },
    paused: |name| format!("{name} er på pause"),
    mail_will_wait: "Kommer der post til det, bliver den i Digital Post, til det genoptages.",
    paused_one_waits: |name| format!("{name} er på pause, og 1 meddelelse venter i Digital Post"),
    paused_refused: |name, tries| format!("{name} er på pause, og {tries} forsøg på at aflevere er afvist"),
    resume_or_redirect: "Genoptag systemet, når det kan tage imod, eller lad reglerne pege på et andet.",
    by_default: |share| format!("{share} af posten går til opsamlingssystemet"),
    write_rules: "Se, hvad der falder igennem, og skriv regler for det.",
    slow: |share| format!("{share} af svarene tog mere end 4 s"),
    ask_suppliers: "Platformen lover svar inden for 4 s. Se, hvilke systemer der er langsomme, og hør hos deres leverandører.",
    hindrance: HINDRANCES,
    after_publishing: &watching::AFTER_PUBLISHING,
    levels: &service_levels::TEXTS,
    rule_expires: |rule, day| format!("Regel {rule} udløber {day}"),
    extend_rule: "Forlæng den, eller sæt en anden i stedet; ellers går posten til den næste regel, der passer.",
    rules_expire: |rules, first| format!("Regel {rules} udløber, den første {first}"),
    extend_rules: "Forlæng dem, eller sæt andre i stedet; ellers går posten til den næste regel, der passer.",
};

const HINDRANCES: HindranceTexts = HindranceTexts {
    secret_missing: |name, kind| match kind {
        SecretKind::HeaderValue => format!("{name} mangler sin nøgle"),
        SecretKind::ClientCertificate => format!("{name} mangler sit klientcertifikat"),
    },
    save_secret: "Til da bliver posten i Digital Post. Gem det på fagsystemet.",
    secret_unusable: |name| format!("Nøglen til {name} kan ikke bruges"),
    secrets_error: access::error,
    unencrypted: |name| format!("{name} får intet: Nøglen ville gå ukrypteret"),
    encrypt: "Giv systemet en adresse, der begynder med https://.",
    paused: |name| format!("{name} er på pause"),
    resume: "Genoptag systemet, når det kan tage imod.",
    certificate: |of, name| match of {
        CertificateUse::Router => "Routerens certifikat".to_owned(),
        CertificateUse::Client(..) => format!("Klientcertifikatet til {name}"),
        CertificateUse::TrustedIssuer(subject) => format!("Certifikatet for udstederen {subject}"),
        CertificateUse::CallerIssuer(subject) => format!("Certifikatet for afsendernes udsteder {subject}"),
    },
    expired: |certificate, day| format!("{certificate} udløb {day}"),
    renew: "Den, der ser efter, lukker ikke op for det. Få et nyt, og gem det.",
    expires: |certificate, day| format!("{certificate} udløber {day}"),
    renew_in_time: "Få et nyt, før det er for sent.",
    not_yet_valid: |certificate, day| format!("{certificate} gælder først fra {day}"),
    wait: "Vent, eller ret denne maskines ur.",
    unreadable: |certificate| format!("{certificate} kan ikke læses"),
    look_at_file: "Se, om filen er der, og om den er et certifikat.",
    guard_damaged: |guard| format!("Indstillingen »{}« er beskadiget", guard.key()),
    choose_anew: "Routeren starter ikke igen, før den er valgt på ny under Router, Adgang.",
};
