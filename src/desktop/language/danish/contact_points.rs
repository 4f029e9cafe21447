use crate::desktop::language::contact_points::ContactPointTexts;
use crate::desktop::language::{joined, same};
use crate::rules::{Audience, ContactGroup, ContactPoint, Megabytes, PointCode, PointDetails, Swap};

pub(super) const TEXTS: ContactPointTexts = ContactPointTexts { title: "Kontaktpunkter" };

/// A difference as one sentence.
pub(super) fn change(swap: &Swap<ContactPoint>) -> String {
    let (old, new) = match (&swap.before, &swap.after) {
        (None, Some(new)) => return format!("Nyt kontaktpunkt: {}", name(new)),
        (Some(old), None) => return format!("Kontaktpunktet {} slettes", name(old)),
        (Some(old), Some(new)) => (old, new),
        (None, None) => return String::new(),
    };
    let mut parts = Vec::new();
    if old.title != new.title {
        parts.push(format!("hedder nu {}", name(new)));
    }
    if old.id.as_str() != new.id.as_str() {
        parts.push(format!("skriver nu sit id {}", new.id));
    }
    if !same(&old.groups, &new.groups, ContactGroup::to_string) {
        parts.push(match new.groups.as_slice() {
            [] => "er ikke længere i nogen kontaktgruppe".to_owned(),
            groups => format!(
                "er nu i {} {}",
                if groups.len() == 1 { "kontaktgruppen" } else { "kontaktgrupperne" },
                joined(groups, "og")
            ),
        });
    }
    parts.extend(details(&old.details, &new.details));
    format!("Kontaktpunktet {} {}", name(old), joined(&parts, "og"))
}

fn name(point: &ContactPoint) -> &str {
    if point.title.is_empty() { point.id.as_str() } else { &point.title }
}

fn details(old: &PointDetails, new: &PointDetails) -> Vec<String> {
    let mut parts = Vec::new();
    if old.description != new.description {
        parts.push(
            if new.description.is_empty() { "mister sin beskrivelse" } else { "får en ny beskrivelse" }.to_owned(),
        );
    }
    match (old.is_active, new.is_active) {
        (true, false) => parts.push("kan ikke længere skrives til".to_owned()),
        (false, true) => parts.push("kan nu skrives til".to_owned()),
        _ => {}
    }
    match (old.is_visible, new.is_visible) {
        (true, false) => parts.push("skjules for dem, der skriver".to_owned()),
        (false, true) => parts.push("vises nu for dem, der skriver".to_owned()),
        _ => {}
    }
    if !same(&old.audiences, &new.audiences, |it| audience(*it)) {
        let whom: Vec<_> = new.audiences.iter().map(|it| audience(*it)).collect();
        parts.push(if whom.is_empty() {
            "har ingen målgruppe".to_owned()
        } else {
            format!("er nu for {}", joined(&whom, "og"))
        });
    }
    if old.largest != new.largest {
        parts.push(match new.largest {
            Some(largest) => format!("tager nu højst {}", megabytes(largest)),
            None => "har ingen grænse for størrelsen".to_owned(),
        });
    }
    if old.most_attachments != new.most_attachments {
        parts.push(match new.most_attachments {
            Some(most) => format!("tager nu højst {most} bilag"),
            None => "har ingen grænse for antallet af bilag".to_owned(),
        });
    }
    if !same(&old.codes, &new.codes, Clone::clone) {
        let codes: Vec<_> = new.codes.iter().map(code).collect();
        parts.push(if codes.is_empty() {
            "har ingen koder".to_owned()
        } else {
            format!("har nu {}", joined(&codes, "og"))
        });
    }
    if !same(&old.search_terms, &new.search_terms, Clone::clone) {
        parts.push(if new.search_terms.is_empty() {
            "har ingen søgeord".to_owned()
        } else {
            format!("har nu søgeordene {}", joined(&new.search_terms, "og"))
        });
    }
    if old.fields != new.fields {
        parts.push(if new.fields.is_empty() {
            "beder ikke om felter".to_owned()
        } else {
            format!("beder nu om {}", joined(&new.fields, "og"))
        });
    }
    parts
}

pub(super) fn audience(audience: Audience) -> &'static str {
    match audience {
        Audience::Citizen => "borgere",
        Audience::Company => "virksomheder",
        Audience::Authority => "myndigheder",
    }
}

fn code(code: &PointCode) -> String {
    format!("{} {}", code.kind, code.code)
}

pub(super) fn megabytes(size: Megabytes) -> String {
    format!("{} MB", size.get().to_string().replace('.', ","))
}
