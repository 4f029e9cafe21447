//! A guard, and what rules see of a message.

use super::{Shape, Value, optional, required, words};
use crate::rules::{Classification, FormNumbers, KleNumbers, PostType, Sender};

pub(in crate::exchange::configuration) static GUARD: Shape = Shape {
    name: "vagtmeddelelse",
    english: "A guard",
    danish: "En vagtmeddelelse",
    keys: &[
        required("navn", Value::SomeText, "What it stands for.", "Hvad den står for."),
        required(
            "fagsystem",
            Value::SomeText,
            "The id of the business system that the message must reach.",
            "Id på det fagsystem, meddelelsen skal nå.",
        ),
        optional(
            "dag",
            Value::Date,
            "null",
            "The only day on which it is tried; `null`: every day to come.",
            "Den eneste dag, den prøves; `null`: alle dage fremover.",
        ),
        required("meddelelse", Value::Object(&FACTS), "The message.", "Meddelelsen."),
    ],
};

pub(in crate::exchange::configuration) static FACTS: Shape = Shape {
    name: "meddelelse",
    english: "What rules see of a message",
    danish: "Hvad regler ser af en meddelelse",
    keys: &[
        optional(
            "modtager",
            Value::Cvr,
            "null",
            "The recipient's CVR number. A guard's is one of its authority's numbers; `null`: the main one.",
            "Modtagerens CVR-nummer. En vagtmeddelelses er et af dens myndigheds numre; `null`: det vigtigste.",
        ),
        optional(
            "afsenderType",
            Value::Choice(|| words(&SENDER_TYPES)),
            "null",
            "Whether the sender is a person or has a CVR number; `null`: neither.",
            "Om afsenderen er en person eller har et CVR-nummer; `null`: ingen af delene.",
        ),
        optional(
            "afsenderCvr",
            Value::Cvr,
            "null",
            "The sender's CVR number; only with the type `cvr`.",
            "Afsenderens CVR-nummer; kun ved typen `cvr`.",
        ),
        optional(
            "afsenderKontaktpunkt",
            Value::Switch,
            "false",
            "Whether the sender has a contact point of its own, as only authorities do; only with the type `cvr`.",
            "Om afsenderen har sit eget kontaktpunkt, som kun myndigheder har; kun ved typen `cvr`.",
        ),
        optional(
            "kontaktpunkt",
            Value::SomeText,
            "null",
            "The id of the contact point that the message is addressed to.",
            "Id på det kontaktpunkt, meddelelsen er sendt til.",
        ),
        optional(
            "kontaktgruppe",
            Value::SomeText,
            "null",
            "That contact point's group; counts for nothing without a contact point.",
            "Det kontaktpunkts gruppe; tæller ikke uden et kontaktpunkt.",
        ),
        optional(
            "posttype",
            Value::Choice(|| words(&POST_TYPES_OF_MESSAGES)),
            "null",
            "The post type; `null`: not given. `anden`: one that no rule can look for.",
            "Posttypen; `null`: ikke angivet. `anden`: en, ingen regel kan se efter.",
        ),
        optional(
            "kle",
            Value::Number(KleNumbers::NAME, KleNumbers::PARTS),
            "null",
            "The KLE number. One that is not whole counts as its own `.00`.",
            "KLE-nummeret. Et, der ikke er helt, regnes som sit eget `.00`.",
        ),
        optional(
            "form",
            Value::Number(FormNumbers::NAME, FormNumbers::PARTS),
            "null",
            "The FORM number. One that is not whole counts as its own `.00`.",
            "FORM-nummeret. Et, der ikke er helt, regnes som sit eget `.00`.",
        ),
    ],
};

/// The kinds of senders that facts can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::exchange::configuration) enum SenderType {
    Person,
    Organisation,
}

/// The types of senders, by their words.
pub(in crate::exchange::configuration) const SENDER_TYPES: [(&str, SenderType); 2] =
    [(Sender::PERSON, SenderType::Person), (Sender::ORGANISATION, SenderType::Organisation)];

/// The kinds of post that messages can be.
pub(in crate::exchange::configuration) const POST_TYPES_OF_MESSAGES: [(&str, Option<PostType>); 4] = PostType::WORDS;
