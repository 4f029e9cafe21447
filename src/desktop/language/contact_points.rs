/// *Kontaktpunkter*.
#[derive(Debug)]
pub(in crate::desktop) struct ContactPointTexts {
    pub title: &'static str,
}
