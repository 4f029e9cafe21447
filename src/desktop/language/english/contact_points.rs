use crate::desktop::language::contact_points::ContactPointTexts;
use crate::desktop::language::{joined, same};
use crate::rules::{Audience, ContactGroup, ContactPoint, Megabytes, PointCode, PointDetails, Swap};

pub(super) const TEXTS: ContactPointTexts = ContactPointTexts { title: "Contact points" };

/// A difference as one sentence.
pub(super) fn change(swap: &Swap<ContactPoint>) -> String {
    let (old, new) = match (&swap.before, &swap.after) {
        (None, Some(new)) => return format!("New contact point: {}", name(new)),
        (Some(old), None) => return format!("The contact point {} is deleted", name(old)),
        (Some(old), Some(new)) => (old, new),
        (None, None) => return String::new(),
    };
    let mut parts = Vec::new();
    if old.title != new.title {
        parts.push(format!("is now called {}", name(new)));
    }
    if old.id.as_str() != new.id.as_str() {
        parts.push(format!("now writes its id {}", new.id));
    }
    if !same(&old.groups, &new.groups, ContactGroup::to_string) {
        parts.push(match new.groups.as_slice() {
            [] => "is in no contact group any more".to_owned(),
            groups => format!(
                "is now in the contact {} {}",
                if groups.len() == 1 { "group" } else { "groups" },
                joined(groups, "and")
            ),
        });
    }
    parts.extend(details(&old.details, &new.details));
    format!("The contact point {} {}", name(old), joined(&parts, "and"))
}

fn name(point: &ContactPoint) -> &str {
    if point.title.is_empty() { point.id.as_str() } else { &point.title }
}

fn details(old: &PointDetails, new: &PointDetails) -> Vec<String> {
    let mut parts = Vec::new();
    if old.description != new.description {
        parts.push(
            if new.description.is_empty() { "loses its description" } else { "gets a new description" }.to_owned(),
        );
    }
    match (old.is_active, new.is_active) {
        (true, false) => parts.push("can no longer be written to".to_owned()),
        (false, true) => parts.push("can now be written to".to_owned()),
        _ => {}
    }
    match (old.is_visible, new.is_visible) {
        (true, false) => parts.push("is hidden from those who write".to_owned()),
        (false, true) => parts.push("is now shown to those who write".to_owned()),
        _ => {}
    }
    if !same(&old.audiences, &new.audiences, |it| audience(*it)) {
        let whom: Vec<_> = new.audiences.iter().map(|it| audience(*it)).collect();
        parts.push(if whom.is_empty() {
            "is for nobody in particular".to_owned()
        } else {
            format!("is now for {}", joined(&whom, "and"))
        });
    }
    if old.largest != new.largest {
        parts.push(match new.largest {
            Some(largest) => format!("now takes at most {}", megabytes(largest)),
            None => "has no limit of size".to_owned(),
        });
    }
    if old.most_attachments != new.most_attachments {
        parts.push(match new.most_attachments {
            Some(most) => format!("now takes at most {most} attachments"),
            None => "has no limit of attachments".to_owned(),
        });
    }
    if !same(&old.codes, &new.codes, Clone::clone) {
        let codes: Vec<_> = new.codes.iter().map(code).collect();
        parts.push(if codes.is_empty() {
            "has no codes".to_owned()
        } else {
            format!("now has {}", joined(&codes, "and"))
        });
    }
    if !same(&old.search_terms, &new.search_terms, Clone::clone) {
        parts.push(if new.search_terms.is_empty() {
            "has no search terms".to_owned()
        } else {
            format!("now has the search terms {}", joined(&new.search_terms, "and"))
        });
    }
    if old.fields != new.fields {
        parts.push(if new.fields.is_empty() {
            "asks for no fields".to_owned()
        } else {
            format!("now asks for {}", joined(&new.fields, "and"))
        });
    }
    parts
}

pub(super) fn audience(audience: Audience) -> &'static str {
    match audience {
        Audience::Citizen => "citizens",
        Audience::Company => "companies",
        Audience::Authority => "authorities",
    }
}

fn code(code: &PointCode) -> String {
    format!("{} {}", code.kind, code.code)
}

pub(super) fn megabytes(size: Megabytes) -> String {
    format!("{} MB", size.get())
}
