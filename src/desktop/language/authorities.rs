/// *Myndigheder*.
#[derive(Debug)]
pub(in crate::desktop) struct AuthorityTexts {
    pub title: &'static str,
}
