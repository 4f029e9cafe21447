/// How many colours there are to tell things of one kind apart.
pub const SERIES: usize = 9;

/// A colour by what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// What lies behind everything.
    Page,
    /// The ground of a box.
    Surface,
    /// A thin line.
    Line,
    /// A line that must be seen.
    StrongLine,
    /// Words.
    Text,
    /// Words of less weight.
    Muted,
    /// What one works with.
    Accent,
    /// The ground of what is chosen.
    Chosen,
    /// What is well.
    Good,
    /// What needs attention.
    Warning,
    /// What is wrong.
    Bad,
    /// One of several things of a kind, by its number; after [`SERIES`] of them the colours begin anew.
    Series(usize),
}

/// A tone and how much of it covers what lies beneath: from 0 (nothing) to 1 (all).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ink {
    /// The colour.
    pub tone: Tone,
    /// From 0 to 1.
    pub opacity: f32,
}

/// A colour by its shares of red, green and blue, each from 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// The colours that tones are drawn in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named as its tone")]
pub struct Palette {
    pub page: Rgb,
    pub surface: Rgb,
    pub line: Rgb,
    pub strong_line: Rgb,
    pub text: Rgb,
    pub muted: Rgb,
    pub accent: Rgb,
    pub chosen: Rgb,
    pub good: Rgb,
    pub warning: Rgb,
    pub bad: Rgb,
    pub series: [Rgb; SERIES],
}

impl Tone {
    /// The tone with an opacity, from 0 to 1.
    #[must_use]
    pub const fn at(self, opacity: f32) -> Ink {
        Ink { tone: self, opacity }
    }
}

impl From<Tone> for Ink {
    fn from(tone: Tone) -> Self {
        tone.at(1.0)
    }
}

impl Ink {
    /// The same with a share of its opacity.
    #[must_use]
    pub fn faded(self, share: f32) -> Self {
        Self { opacity: self.opacity * share, ..self }
    }
}

impl Palette {
    /// The colour of a tone.
    #[must_use]
    pub fn colour(&self, tone: Tone) -> Rgb {
        match tone {
            Tone::Page => self.page,
            Tone::Surface => self.surface,
            Tone::Line => self.line,
            Tone::StrongLine => self.strong_line,
            Tone::Text => self.text,
            Tone::Muted => self.muted,
            Tone::Accent => self.accent,
            Tone::Chosen => self.chosen,
            Tone::Good => self.good,
            Tone::Warning => self.warning,
            Tone::Bad => self.bad,
            Tone::Series(number) => self.series[number % SERIES],
        }
    }
}
