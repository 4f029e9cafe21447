use std::fmt::Write;

use self::ReferenceLanguage::{Danish, English};
use super::format::{ACCESS, ELEMENTS, Key, SHAPES, Shape, Value, value_of};

/// The language of the reference page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceLanguage {
    /// English.
    English,
    /// Danish.
    Danish,
}

/// Describes the configuration file for people, in Markdown, generated from what the reader knows of the format: for each
/// key its values, its default and its meaning.
#[must_use]
pub fn configuration_reference(language: ReferenceLanguage) -> String {
    let mut page = match language {
        English => "# The configuration file\n\n\
             JSON in UTF-8. `import` reads it, `export` writes it, and every publication is kept in this format. A file with \
             an error is refused as a whole, and every error is listed with its place \
             (`myndigheder[0].regler[3].prioritet`). An unknown key is an error, and so is a key that occurs twice; `null` \
             counts as absent. `postfordeler schema` prints the same as a JSON Schema, for editors and scripts.\n"
            .to_owned(),
        Danish => "# Konfigurationsfilen\n\n\
             JSON i UTF-8. `import` læser den, `export` skriver den, og hver udgivelse gemmes i den. En fil med fejl afvises \
             helt, og hver fejl vises med sit sted (`myndigheder[0].regler[3].prioritet`). En ukendt nøgle er en fejl, og det er \
             en nøgle, der står to gange, også; `null` regnes som udeladt. `postfordeler schema` skriver det samme som et JSON \
             Schema, til editorer og scripts.\n"
            .to_owned(),
    };
    for shape in SHAPES {
        section(&mut page, shape, language);
    }
    page
}

fn section(page: &mut String, shape: &Shape, language: ReferenceLanguage) {
    let (title, head) = match language {
        English => (shape.english, "| key | what | when absent | meaning |"),
        Danish => (shape.danish, "| nøgle | hvad | når den mangler | betydning |"),
    };
    let _ = write!(page, "\n## {title}\n\n{head}\n| --- | --- | --- | --- |\n");
    for key in shape.keys {
        let _ = writeln!(
            page,
            "| `{}` | {} | {} | {} |",
            key.name,
            what(key.value, language),
            absent(key, language),
            meaning(key, language)
        );
    }
    if shape.key("regelvaerdi").is_some() {
        values_of_rules(page, language);
    }
}

fn values_of_rules(page: &mut String, language: ReferenceLanguage) {
    page.push_str(match language {
        English => "\nThe `regelvaerdi` for each `regelelement`:\n\n| `regelelement` | `regelvaerdi` |\n",
        Danish => "\nHvad der står som `regelvaerdi`, efter `regelelement`:\n\n| `regelelement` | `regelvaerdi` |\n",
    });
    page.push_str("| --- | --- |\n");
    for (element, kind) in ELEMENTS {
        let _ = writeln!(page, "| `{element}` | {} |", what(value_of(kind), language));
    }
}

fn meaning(key: &Key, language: ReferenceLanguage) -> &'static str {
    match language {
        English => key.english,
        Danish => key.danish,
    }
}

fn absent(key: &Key, language: ReferenceLanguage) -> String {
    match (key.default, language) {
        (Some(default), _) => format!("`{default}`"),
        (None, English) => "an error".to_owned(),
        (None, Danish) => "en fejl".to_owned(),
    }
}

fn what(value: Value, language: ReferenceLanguage) -> String {
    let say = |english: &str, danish: &str| match language {
        English => english.to_owned(),
        Danish => danish.to_owned(),
    };
    match value {
        Value::Word(word) => format!("`\"{word}\"`"),
        Value::Exactly(number) => format!("`{number}`"),
        Value::Text => say("a string", "en tekst"),
        Value::SomeText => say("a non-empty string", "en tekst, der ikke er tom"),
        Value::Switch => say("`true` or `false`", "`true` eller `false`"),
        Value::Cvr => say("a CVR number: a string of eight digits", "et CVR-nummer: en tekst på otte cifre"),
        Value::Date => say("a date such as `2026-12-31`", "en dato som `2026-12-31`"),
        Value::Interval(of, parts) => say(
            &format!("a {of} number such as `27` or `27.36`, or a range such as `27 - 29`; at most {parts} parts"),
            &format!("et {of}-nummer som `27` eller `27.36`, eller to som `27 - 29`; højst {parts} dele"),
        ),
        Value::Number(of, parts) => say(
            &format!("a {of} number such as `27` or `27.36`; at most {parts} parts"),
            &format!("et {of}-nummer som `27` eller `27.36`; højst {parts} dele"),
        ),
        Value::Whole { least, most } => {
            let (english, danish) = (grouped(most, ','), grouped(most, '.'));
            say(&format!("a whole number, {least} to {english}"), &format!("et helt tal, {least} til {danish}"))
        }
        Value::Megabytes => say("a number of megabytes, greater than 0", "et antal megabyte, mere end 0"),
        Value::Endpoint => say("an `http` or `https` address", "en adresse med `http` eller `https`"),
        Value::HeaderName => say(
            "the name of a header, at most 64 letters, digits or hyphens",
            "en headers navn, højst 64 bogstaver, cifre eller bindestreger",
        ),
        Value::Choice(choices) => {
            let choices: Vec<_> = choices().into_iter().map(|word| format!("`{word}`")).collect();
            choices.join(" · ")
        }
        Value::List(item) => {
            let item = what(*item, language);
            say(&format!("a list, each {item}"), &format!("en liste, hver {item}"))
        }
        Value::Object(shape) => link(shape, language),
        Value::Either(one, other) => {
            let (one, other) = (what(*one, language), what(*other, language));
            say(&format!("{one}, or {other}"), &format!("{one}, eller {other}"))
        }
        Value::Access => {
            let kinds: Vec<_> = ACCESS.iter().map(|(_, kind)| link(kind.shape(), language)).collect();
            kinds.join(" · ")
        }
        Value::ByElement => say("depends on the `regelelement`: see below", "efter `regelelement`: se nedenfor"),
    }
}

/// A link to a shape's section, by the anchors that GitHub and most other renderers make.
fn link(shape: &Shape, language: ReferenceLanguage) -> String {
    let title = if language == English { shape.english } else { shape.danish };
    format!("[{title}](#{})", title.to_lowercase().replace(' ', "-").replace(',', ""))
}

/// A number with that separator between groups of three digits.
fn grouped(number: u64, sign: char) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(sign);
        }
        grouped.push(digit);
    }
    grouped
}
