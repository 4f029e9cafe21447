use jiff::ToSpan;
use jiff::civil::{Date, date};

/// A public holiday in Denmark (helligdag).
///
/// These are the holidays of the established church (folkekirken), which is what the law calls helligdage. Constitution Day (5
/// June), Christmas Eve, New Year's Eve and 1 May are none, although many are off work then: the agreement says *working
/// days*, so that counting them as such is the stricter reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Holiday {
    /// Nytårsdag, 1 January.
    NewYear,
    /// Skærtorsdag, three days before Easter.
    MaundyThursday,
    /// Langfredag, two days before Easter.
    GoodFriday,
    /// Påskedag.
    EasterSunday,
    /// 2. påskedag.
    EasterMonday,
    /// Store bededag, the fourth Friday after Easter; abolished from 2024 on.
    PrayerDay,
    /// Kristi himmelfartsdag, 39 days after Easter.
    Ascension,
    /// Pinsedag, 49 days after Easter.
    WhitSunday,
    /// 2. pinsedag.
    WhitMonday,
    /// Juledag, 25 December.
    Christmas,
    /// 2. juledag, 26 December.
    SecondChristmas,
}

/// The last year with a [`Holiday::PrayerDay`]: law no. 214 of 6 March 2023 abolishes it from 2024 on.
const LAST_PRAYER_DAY: i16 = 2023;

/// The public holiday on that day in Denmark, if it is one. Where two fall on one day, as Ascension on 1 May never does but Whit
/// Sunday on 5 June may, only the public holiday counts; of two public holidays the first in the year's order is named.
#[must_use]
pub fn holiday(day: Date) -> Option<Holiday> {
    match (day.month(), day.day()) {
        (1, 1) => return Some(Holiday::NewYear),
        (12, 25) => return Some(Holiday::Christmas),
        (12, 26) => return Some(Holiday::SecondChristmas),
        _ => {}
    }
    let easter = easter(day.year());
    let days_after = (day - easter).get_days();
    Some(match days_after {
        -3 => Holiday::MaundyThursday,
        -2 => Holiday::GoodFriday,
        0 => Holiday::EasterSunday,
        1 => Holiday::EasterMonday,
        26 if day.year() <= LAST_PRAYER_DAY => Holiday::PrayerDay,
        39 => Holiday::Ascension,
        49 => Holiday::WhitSunday,
        50 => Holiday::WhitMonday,
        _ => return None,
    })
}

/// Easter Sunday of that year in the Gregorian calendar, by the method that *Nature* printed anonymously in 1876.
#[must_use]
pub fn easter(year: i16) -> Date {
    let year_number = i32::from(year);
    let (golden, century, in_century) = (year_number % 19, year_number / 100, year_number % 100);
    let (leap_centuries, century_rest) = (century / 4, century % 4);
    let moon_shift = (century - (century + 8) / 25 + 1) / 3;
    let moon = (19 * golden + century - leap_centuries - moon_shift + 15) % 30;
    let (leaps, year_rest) = (in_century / 4, in_century % 4);
    let weekday = (32 + 2 * century_rest + 2 * leaps - moon - year_rest) % 7;
    let correction = (golden + 11 * moon + 22 * weekday) / 451;
    let days_after_21_march = moon + weekday - 7 * correction + 1;
    date(year, 3, 21).saturating_add(days_after_21_march.days())
}
