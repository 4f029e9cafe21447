//! That somebody has looked through the rules.

use jiff::civil::date;
use postfordeler::store::RecordedReview;

use super::{directory, open, rules};

#[test]
fn reviews_are_kept_by_authority_the_newest_first_and_the_same_one_once() {
    let home = directory();
    let store = open(&home);
    let publication = store.publish_over(&rules("Første"), "Første").expect("it is published");
    let review = |cvr: &str, by: &str, at: &str| RecordedReview {
        authority: cvr.parse().expect("a number"),
        reviewed_at: at.parse().expect("a time"),
        reviewed_by: by.to_owned(),
        publication,
        day: date(2026, 3, 12),
    };
    let first = review("66137112", "anne", "2026-03-12T08:00:00Z");
    let second = review("66137112", "bo", "2026-03-12T09:00:00.5Z");
    let other = review("10101010", "anne", "2026-03-12T10:00:00Z");
    for recorded in [&first, &second, &other, &review("66137112", "anne", "2026-03-12T11:00:00Z")] {
        store.record_review(recorded).expect("it is recorded");
    }
    drop(store);
    let store = open(&home);
    assert_eq!(store.reviews(first.authority).expect("readable"), [second.clone(), first]);
    assert_eq!(store.last_reviews().expect("readable"), [other, second]);
}
