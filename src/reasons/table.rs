//! The table itself.

use super::explanation::{Fate, ReasonExplanation, ReasonText};
use super::reason::Reason;

/// Every reason, in the order of a message's path. The file is long because it is a table.
pub(super) const TABLE: [ReasonExplanation; 36] = [
    ReasonExplanation {
        reason: Reason::Paused,
        code: "pauset",
        fate: Fate::NotDelivered,
        needs_a_person: false,
        english: ReasonText {
            label: "Paused",
            what: "it is paused",
            remedy: "Resume the system when it can take messages again.",
        },
        danish: ReasonText {
            label: "På pause",
            what: "fagsystemet er på pause",
            remedy: "Genoptag systemet, når det igen kan tage imod.",
        },
    },
    ReasonExplanation {
        reason: Reason::Removed,
        code: "fjernet",
        fate: Fate::Bound,
        needs_a_person: true,
        english: ReasonText {
            label: "System removed",
            what: "only this system may get the message, and it is no longer in the rules",
            remedy: "Put the system back with the same id, or ask the supplier whether it has the message.",
        },
        danish: ReasonText {
            label: "Fagsystem fjernet",
            what: "kun ét fagsystem må få meddelelsen, og reglerne kender det ikke længere",
            remedy: "Opret systemet igen med samme id, eller hør leverandøren, om det har meddelelsen.",
        },
    },
    ReasonExplanation {
        reason: Reason::Busy,
        code: "optaget",
        fate: Fate::NotDelivered,
        needs_a_person: false,
        english: ReasonText {
            label: "Busy",
            what: "it already had as many messages in progress as it may have",
            remedy: "Nothing, if it passes. Otherwise the system is too slow: ask the supplier, or let it have more at a time.",
        },
        danish: ReasonText {
            label: "Optaget",
            what: "fagsystemet havde så mange meddelelser undervejs, som det må have",
            remedy: "Intet, hvis det går over. Ellers er systemet for langsomt: Hør hos leverandøren, eller lad det få flere ad gangen.",
        },
    },
    ReasonExplanation {
        reason: Reason::OtherContent,
        code: "andet_indhold",
        fate: Fate::Bound,
        needs_a_person: false,
        english: ReasonText {
            label: "Other content",
            what: "another message with the same messageUUID was accepted before; this one goes to the same place when it is sent again",
            remedy: "Tell the sender, or Digital Post, that every message needs its own messageUUID.",
        },
        danish: ReasonText {
            label: "Andet indhold",
            what: "en anden meddelelse med samme meddelelses-id er accepteret før; kommer denne igen, går den samme sted hen",
            remedy: "Sig til afsenderen eller Digital Post, at hver meddelelse skal have sit eget id.",
        },
    },
    ReasonExplanation {
        reason: Reason::BeyondTraining,
        code: "uden_for_oevelsen",
        fate: Fate::NotDelivered,
        needs_a_person: true,
        english: ReasonText {
            label: "Beyond training",
            what: "nothing was sent: its address is beyond this machine, and training never leaves it",
            remedy: "Give the system the address of a practice business system.",
        },
        danish: ReasonText {
            label: "Uden for øvelsen",
            what: "intet er sendt: adressen er på en anden maskine, og en øvelse forlader aldrig denne",
            remedy: "Giv systemet adressen på et øvelsesfagsystem.",
        },
    },
    ReasonExplanation {
        reason: Reason::NoAccess,
        code: "ingen_adgang",
        fate: Fate::NotDelivered,
        needs_a_person: true,
        english: ReasonText {
            label: "Access missing",
            what: "nothing was sent: the router could not have the secret by which it is known there",
            remedy: "Enter the system's key or certificate again ('postfordeler secret set'). The log says what is missing.",
        },
        danish: ReasonText {
            label: "Adgang mangler",
            what: "intet er sendt: den nøgle eller det certifikat, fagsystemet kræver, kunne ikke findes",
            remedy: "Giv systemets nøgle eller certifikat igen. Loggen siger, hvad der mangler.",
        },
    },
    ReasonExplanation {
        reason: Reason::Unencrypted,
        code: "ukrypteret",
        fate: Fate::NotDelivered,
        needs_a_person: true,
        english: ReasonText {
            label: "Not encrypted",
            what: "nothing was sent: the secret by which it knows the router would go unencrypted",
            remedy: "Give the system an address that begins with https://.",
        },
        danish: ReasonText {
            label: "Ikke krypteret",
            what: "intet er sendt: nøglen ville gå ukrypteret til fagsystemet",
            remedy: "Giv systemet en adresse, der begynder med https://.",
        },
    },
    ReasonExplanation {
        reason: Reason::ConnectionRefused,
        code: "forbindelse_afvist",
        fate: Fate::NotDelivered,
        needs_a_person: false,
        english: ReasonText {
            label: "Connection refused",
            what: "nobody listens at its address (connection refused)",
            remedy: "See that the system has been started, and that the port in its address is right.",
        },
        danish: ReasonText {
            label: "Forbindelse afvist",
            what: "ingen lytter på fagsystemets adresse (forbindelsen blev afvist)",
            remedy: "Se efter, om systemet er startet, og om porten i adressen er rigtig.",
        },
    },
    ReasonExplanation {
        reason: Reason::NoSuchName,
        code: "ukendt_navn",
        fate: Fate::NotDelivered,
        needs_a_person: false,
        english: ReasonText {
            label: "Unknown name",
            what: "the name in its address is unknown",
            remedy: "Check that the name is right, and that the router's machine can look it up (DNS).",
        },
        danish: ReasonText {
            label: "Ukendt navn",
            what: "ingen maskine kendes ved navnet i fagsystemets adresse",
            remedy: "Se efter, om navnet er rigtigt, og om routerens maskine kan slå det op (DNS).",
        },
    },
    ReasonExplanation {
        reason: Reason::NotConnectedInTime,
        code: "ingen_forbindelse_i_tide",
        fate: Fate::NotDelivered,
        needs_a_person: false,
        english: ReasonText {
            label: "Not connected in time",
            what: "no connection to it could be made in time",
            remedy: "This looks like a firewall that drops packets, or a machine that is off. Otherwise give the system more time.",
        },
        danish: ReasonText {
            label: "Ikke forbundet i tide",
            what: "der kom ingen forbindelse til fagsystemet i tide",
            remedy: "Det ligner en firewall, der intet svarer, eller en maskine, der er slukket. Ellers giv systemet længere tid.",
        },
    },
    ReasonExplanation {
        reason: Reason::NoConnection,
        code: "ingen_forbindelse",
        fate: Fate::NotDelivered,
        needs_a_person: false,
        english: ReasonText {
            label: "No connection",
            what: "no connection to it could be made",
            remedy: "Try the connection: is the address right, and is the system running?",
        },
        danish: ReasonText {
            label: "Ingen forbindelse",
            what: "der kunne ikke skabes forbindelse til fagsystemet",
            remedy: "Afprøv forbindelsen: Passer adressen, og kører systemet?",
        },
    },
    ReasonExplanation {
        reason: Reason::ProxyUnreachable,
        code: "proxy_ikke_naaet",
        fate: Fate::NotDelivered,
        needs_a_person: false,
        english: ReasonText {
            label: "Proxy not reached",
            what: "the proxy through which it is called could not be reached",
            remedy: "Check that the proxy is running, and that the router has the right address for it.",
        },
        danish: ReasonText {
            label: "Proxy ikke nået",
            what: "proxyen, som fagsystemet kaldes igennem, kunne ikke nås",
            remedy: "Se efter, om proxyen kører, og om routeren har den rigtige adresse på den.",
        },
    },
    ReasonExplanation {
        reason: Reason::ProxyRefused,
        code: "proxy_afviste",
        fate: Fate::NotDelivered,
        needs_a_person: true,
        english: ReasonText {
            label: "Proxy refused",
            what: "the proxy did not let the call through to it",
            remedy: "Ask those who run the proxy to let the router through to that address, without a password.",
        },
        danish: ReasonText {
            label: "Proxy afviste",
            what: "proxyen lod ikke kaldet komme igennem til fagsystemet",
            remedy: "Bed dem, der driver proxyen, om at lade routeren komme igennem til adressen uden adgangskode.",
        },
    },
    ReasonExplanation {
        reason: Reason::NotTls,
        code: "ikke_tls",
        fate: Fate::NotDelivered,
        needs_a_person: true,
        english: ReasonText {
            label: "No TLS there",
            what: "its address begins with https://, but it does not use TLS there",
            remedy: "Check that the port is right. If the system has no TLS, it must get it, or be called by http:// on this machine.",
        },
        danish: ReasonText {
            label: "Ingen TLS der",
            what: "fagsystemets adresse begynder med https://, men der tales ikke TLS på porten",
            remedy: "Se efter, om porten er rigtig. Har systemet ikke TLS, må det få det eller kaldes med http:// på denne maskine.",
        },
    },
    ReasonExplanation {
        reason: Reason::TlsWanted,
        code: "tls_kraeves",
        fate: Fate::ByOutcome,
        needs_a_person: true,
        english: ReasonText {
            label: "TLS wanted",
            what: "its address begins with http://, but it uses TLS there",
            remedy: "Change the system's address to begin with https://.",
        },
        danish: ReasonText {
            label: "TLS kræves",
            what: "fagsystemets adresse begynder med http://, men der tales TLS på porten",
            remedy: "Lad systemets adresse begynde med https://.",
        },
    },
    ReasonExplanation {
        reason: Reason::TlsFailed,
        code: "tls_mislykkedes",
        fate: Fate::NotDelivered,
        needs_a_person: false,
        english: ReasonText {
            label: "TLS failed",
            what: "no TLS connection to it could be made",
            remedy: "Try the connection, and show the supplier what the receipt says: the system may support only old versions of TLS, or go by another name.",
        },
        danish: ReasonText {
            label: "TLS mislykkedes",
            what: "der kom ingen TLS-forbindelse i stand med fagsystemet",
            remedy: "Afprøv forbindelsen, og vis leverandøren, hvad kvitteringen siger: Måske taler systemet kun gamle udgaver af TLS, eller det har et andet navn.",
        },
    },
    ReasonExplanation {
        reason: Reason::IssuerUnknown,
        code: "certifikat_ukendt_udsteder",
        fate: Fate::NotDelivered,
        needs_a_person: true,
        english: ReasonText {
            label: "Unknown issuer",
            what: "its certificate is of an issuer that is not trusted",
            remedy: "If the issuer is the authority's own, give it to the router (--trust). Otherwise something else is answering at that address.",
        },
        danish: ReasonText {
            label: "Ukendt udsteder",
            what: "fagsystemets certifikat er fra en udsteder, som routeren ikke stoler på",
            remedy: "Er udstederen myndighedens egen, så nævn den for routeren (--trust). Ellers er det noget andet, der svarer på adressen.",
        },
    },
    ReasonExplanation {
        reason: Reason::CertificateExpired,
        code: "certifikat_udloebet",
        fate: Fate::NotDelivered,
        needs_a_person: true,
        english: ReasonText {
            label: "Certificate expired",
            what: "its certificate has expired",
            remedy: "Ask the supplier to renew it. If it has not expired, this machine's clock is wrong.",
        },
        danish: ReasonText {
            label: "Certifikat udløbet",
            what: "fagsystemets certifikat er udløbet",
            remedy: "Bed leverandøren forny det. Er det ikke udløbet, går denne maskines ur forkert.",
        },
    },
    ReasonExplanation {
        reason: Reason::CertificateNotYetValid,
        code: "certifikat_ikke_gyldigt_endnu",
        fate: Fate::NotDelivered,
        needs_a_person: true,
        english: ReasonText {
            label: "Certificate too early",
            what: "its certificate is not valid yet",
            remedy: "Wait, or ask the supplier. If it should be valid, this machine's clock is wrong.",
        },
        danish: ReasonText {
            label: "Certifikat ikke i kraft",
            what: "fagsystemets certifikat gælder ikke endnu",
            remedy: "Vent, eller hør hos leverandøren. Burde det gælde, går denne maskines ur forkert.",
        },
    },
    ReasonExplanation {
        reason: Reason::CertificateOfOther,
        code: "certifikat_andet_navn",
        fate: Fate::NotDelivered,
        needs_a_person: true,
        english: ReasonText {
            label: "Wrong certificate name",
            what: "its certificate was issued for another name than the one in its address",
            remedy: "Use the name in the certificate, or ask the supplier for a certificate with the right name.",
        },
        danish: ReasonText {
            label: "Forkert certifikatnavn",
            what: "fagsystemets certifikat er udstedt til et andet navn end det i adressen",
            remedy: "Brug det navn, der står i certifikatet, eller få leverandøren til at skaffe et med det rigtige.",
        },
    },
    ReasonExplanation {
        reason: Reason::CertificateInvalid,
        code: "certifikat_ugyldigt",
        fate: Fate::NotDelivered,
        needs_a_person: true,
        english: ReasonText {
            label: "Certificate invalid",
            what: "its certificate cannot be trusted",
            remedy: "Show the supplier what the receipt says about it.",
        },
        danish: ReasonText {
            label: "Ugyldigt certifikat",
            what: "fagsystemets certifikat kan ikke godtages",
            remedy: "Vis leverandøren, hvad kvitteringen siger om det.",
        },
    },
    ReasonExplanation {
        reason: Reason::ClientCertificateWanted,
        code: "klientcertifikat_kraeves",
        fate: Fate::ByOutcome,
        needs_a_person: true,
        english: ReasonText {
            label: "Client certificate wanted",
            what: "it requires a client certificate, and the router shows none",
            remedy: "Choose client certificate as the system's access, and store one that it accepts ('postfordeler secret set').",
        },
        danish: ReasonText {
            label: "Klientcertifikat kræves",
            what: "fagsystemet vil se et klientcertifikat, og routeren viser ikke noget",
            remedy: "Vælg klientcertifikat som adgang, og gem et, systemet kender.",
        },
    },
    ReasonExplanation {
        reason: Reason::ClientCertificateRefused,
        code: "klientcertifikat_afvist",
        fate: Fate::ByOutcome,
        needs_a_person: true,
        english: ReasonText {
            label: "Client certificate refused",
            what: "it does not accept the client certificate that the router shows",
            remedy: "Ask the supplier which issuer and which subject the system expects, and store such a certificate.",
        },
        danish: ReasonText {
            label: "Klientcertifikat afvist",
            what: "fagsystemet godtager ikke det klientcertifikat, routeren viser",
            remedy: "Spørg leverandøren, hvilken udsteder og hvilket navn systemet venter, og gem sådan et certifikat.",
        },
    },
    ReasonExplanation {
        reason: Reason::ClientCertificateExpired,
        code: "klientcertifikat_udloebet",
        fate: Fate::ByOutcome,
        needs_a_person: true,
        english: ReasonText {
            label: "Client certificate expired",
            what: "it refused the router, whose client certificate has expired",
            remedy: "Get a new client certificate, and store it ('postfordeler secret set').",
        },
        danish: ReasonText {
            label: "Klientcertifikat udløbet",
            what: "fagsystemet lukker ikke routeren ind, for dens klientcertifikat er udløbet",
            remedy: "Få et nyt klientcertifikat, og gem det på fagsystemet.",
        },
    },
    ReasonExplanation {
        reason: Reason::TooSlow,
        code: "for_langsom",
        fate: Fate::NotDelivered,
        needs_a_person: false,
        english: ReasonText {
            label: "Too slow",
            what: "it received the message too slowly",
            remedy: "The system is too slow. Ask the supplier, or give it more time.",
        },
        danish: ReasonText {
            label: "For langsomt",
            what: "fagsystemet tog for langsomt imod meddelelsen",
            remedy: "Systemet er for langsomt. Hør hos leverandøren, eller giv det længere tid.",
        },
    },
    ReasonExplanation {
        reason: Reason::BrokenOff,
        code: "brudt_undervejs",
        fate: Fate::NotDelivered,
        needs_a_person: false,
        english: ReasonText {
            label: "Connection broken",
            what: "the connection broke before it had the whole message",
            remedy: "Ask the supplier whether the system is running, and how large a message it accepts.",
        },
        danish: ReasonText {
            label: "Forbindelsen brudt",
            what: "forbindelsen brast, før fagsystemet havde hele meddelelsen",
            remedy: "Hør hos leverandøren, om systemet kører, og hvor stor en meddelelse det tager.",
        },
    },
    ReasonExplanation {
        reason: Reason::TooEarly,
        code: "svarede_for_tidligt",
        fate: Fate::NotDelivered,
        needs_a_person: false,
        english: ReasonText {
            label: "Answered too early",
            what: "it said yes before it had received the whole message",
            remedy: "Tell the supplier that the system must read the whole message before it answers.",
        },
        danish: ReasonText {
            label: "Svarede for tidligt",
            what: "fagsystemet sagde ja uden at have taget hele meddelelsen",
            remedy: "Sig til leverandøren, at systemet skal læse hele meddelelsen, før det svarer.",
        },
    },
    ReasonExplanation {
        reason: Reason::Unread,
        code: "laengde_kraeves",
        fate: Fate::ByOutcome,
        needs_a_person: false,
        english: ReasonText {
            label: "Not read",
            what: "it may not have read the message, since the length was not given; next time it will be",
            remedy: "Nothing: the system is given the length from now on.",
        },
        danish: ReasonText {
            label: "Ikke læst",
            what: "fagsystemet har måske ikke læst meddelelsen, for længden var ikke kendt på forhånd; næste gang er den",
            remedy: "Intet: Systemet får længden at vide fra nu af.",
        },
    },
    ReasonExplanation {
        reason: Reason::AccessRefused,
        code: "adgang_afvist",
        fate: Fate::NotDelivered,
        needs_a_person: true,
        english: ReasonText {
            label: "Access refused",
            what: "it refused the router access: the key or certificate may have expired",
            remedy: "The key or certificate may have expired. Get a new one from the supplier, and store it ('postfordeler secret set').",
        },
        danish: ReasonText {
            label: "Adgang afvist",
            what: "fagsystemet lukkede ikke routeren ind: nøglen eller certifikatet kan være udløbet",
            remedy: "Nøglen eller certifikatet kan være udløbet. Få et nyt hos leverandøren, og gem det på fagsystemet.",
        },
    },
    ReasonExplanation {
        reason: Reason::CallRefused,
        code: "kald_afvist",
        fate: Fate::ByOutcome,
        needs_a_person: true,
        english: ReasonText {
            label: "Call refused",
            what: "it does not accept messages at its address in this way: the address may be wrong",
            remedy: "The address may be wrong. Correct it, or ask the supplier where the system receives.",
        },
        danish: ReasonText {
            label: "Kald afvist",
            what: "fagsystemet tager ikke imod på den måde på adressen: adressen kan være forkert",
            remedy: "Adressen kan være forkert. Ret den, eller hør leverandøren, hvor systemet tager imod.",
        },
    },
    ReasonExplanation {
        reason: Reason::TemporaryFailure,
        code: "midlertidig_fejl",
        fate: Fate::NotDelivered,
        needs_a_person: false,
        english: ReasonText {
            label: "Cannot receive",
            what: "it answered that it cannot accept the message now",
            remedy: "Ask the supplier, if it continues. Digital Post sends the mail again.",
        },
        danish: ReasonText {
            label: "Kan ikke tage imod",
            what: "fagsystemet svarede, at det ikke kan tage imod lige nu",
            remedy: "Hør hos leverandøren, hvis det bliver ved. Digital Post sender posten igen.",
        },
    },
    ReasonExplanation {
        reason: Reason::GatewayWithoutAnswer,
        code: "mellemled_uden_svar",
        fate: Fate::ByOutcome,
        needs_a_person: false,
        english: ReasonText {
            label: "No answer to gateway",
            what: "the gateway in front of it got no answer from it",
            remedy: "Ask the supplier whether the system is running, and look the message up there.",
        },
        danish: ReasonText {
            label: "Intet svar til gateway",
            what: "det, der står foran fagsystemet, fik intet svar fra det",
            remedy: "Hør leverandøren, om systemet kører, og slå meddelelsen op der.",
        },
    },
    ReasonExplanation {
        reason: Reason::NoAnswer,
        code: "brudt_foer_svar",
        fate: Fate::MayBeDelivered,
        needs_a_person: false,
        english: ReasonText {
            label: "No answer",
            what: "the connection broke before it answered",
            remedy: "Look the message up in the system. When it comes again, it goes there alone.",
        },
        danish: ReasonText {
            label: "Intet svar",
            what: "forbindelsen brast, før fagsystemet svarede",
            remedy: "Slå meddelelsen op i systemet. Kommer den igen, går den kun dertil.",
        },
    },
    ReasonExplanation {
        reason: Reason::Silent,
        code: "intet_svar_i_tide",
        fate: Fate::ByOutcome,
        needs_a_person: false,
        english: ReasonText {
            label: "No answer in time",
            what: "it did not answer in time",
            remedy: "Look the message up in the system. Ask the supplier why it is slow, or give it more time.",
        },
        danish: ReasonText {
            label: "Intet svar i tide",
            what: "fagsystemet svarede ikke i tide",
            remedy: "Slå meddelelsen op i systemet. Hør leverandøren, hvorfor det er langsomt, eller giv det længere tid.",
        },
    },
    ReasonExplanation {
        reason: Reason::Unclear,
        code: "uklart_svar",
        fate: Fate::ByOutcome,
        needs_a_person: false,
        english: ReasonText {
            label: "Unclear answer",
            what: "its answer could not be understood",
            remedy: "Show the supplier the contract: the system answers 2xx and nothing, or a receipt in JSON.",
        },
        danish: ReasonText {
            label: "Uforståeligt svar",
            what: "fagsystemets svar kunne ikke forstås",
            remedy: "Vis leverandøren kontrakten: Systemet svarer 2xx og intet, eller en kvittering i JSON.",
        },
    },
    ReasonExplanation {
        reason: Reason::Ended,
        code: "router_stoppede",
        fate: Fate::MayBeDelivered,
        needs_a_person: false,
        english: ReasonText {
            label: "Router stopped",
            what: "the router stopped while the message was in progress",
            remedy: "Nothing: when the message comes again, it goes there alone.",
        },
        danish: ReasonText {
            label: "Routeren stoppede",
            what: "routeren sluttede, mens meddelelsen var undervejs",
            remedy: "Intet: Kommer meddelelsen igen, går den kun dertil.",
        },
    },
];
