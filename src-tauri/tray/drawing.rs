//! The icon in the tray, drawn: a tile with a bar for each level of the scale, tall up to the level.
//!
//! The shape alone says it all, since a panel may be of any colour and its reader may not tell
//! colours apart: how many bars are tall, a corner folded in where a limit is reached (its outline
//! alone: later), a broken frame where not all is known, and a question mark where nothing is. Only a
//! level that matters has its official colour.

use ecosante_domain::glance::{Extent, Picture, Reached};

/// The sizes in which it is offered, in pixels.
#[cfg(target_os = "linux")]
pub(crate) const SIZES: [u32; 5] = [16, 22, 24, 32, 48];

/// The size in which it is handed over where one must do.
#[cfg(not(target_os = "linux"))]
pub(crate) const SIZE: u32 = 32;

type Colour = [u8; 3];

/// The colours of the window: ink on paper.
const INK: Colour = [0x1d, 0x1b, 0x18];
const PAPER: Colour = [0xfa, 0xf8, 0xf4];

/// The drawing is thought of on a grid of 24 by 24.
const GRID: f32 = 24.0;

/// How many samples across a pixel has.
const SAMPLES: u16 = 5;

/// How many bars there are where there is no level whose scale would say.
const BARS: u8 = 6;

/// The picture as rows of pixels: red, green, blue, opacity.
pub(crate) fn draw(picture: Picture, size: u32) -> Vec<u8> {
    let drawing = Drawing::of(picture);
    let mut pixels = Vec::new();
    for row in 0..size {
        for column in 0..size {
            pixels.extend(drawing.pixel(column, row, size));
        }
    }
    pixels
}

struct Drawing {
    picture: Picture,
    /// How many bars, and how many of them are tall; null for what has no rank.
    bars: Option<(u8, u8)>,
    fill: Colour,
    mark: Colour,
}

impl Drawing {
    fn of(picture: Picture) -> Self {
        let bars = match picture.level {
            Some((scale, level)) => scale.rank(level).map(|rank| (scale.levels(), rank)),
            None => Some((BARS, 0)),
        };
        let official = picture.level.filter(|_| picture.reached == Reached::Now);
        let official = official.and_then(|(scale, level)| colour(scale.colour(level)?));
        let fill = official.unwrap_or(PAPER);
        let mark = if contrast(fill, INK) >= contrast(fill, PAPER) { INK } else { PAPER };
        Self { picture, bars, fill, mark }
    }

    fn pixel(&self, column: u32, row: u32, size: u32) -> [u8; 4] {
        let (mut sums, mut covered) = ([0_u16; 3], 0_u16);
        let at = |pixel: u32, sample: u16| {
            #[expect(clippy::cast_precision_loss, reason = "an icon is far below 2^24 pixels")]
            let (pixel, size) = (pixel as f32, size as f32);
            (pixel + (f32::from(sample) + 0.5) / f32::from(SAMPLES)) * GRID / size
        };
        for down in 0..SAMPLES {
            for across in 0..SAMPLES {
                if let Some(colour) = self.colour_at(at(column, across), at(row, down)) {
                    covered += 1;
                    for (sum, part) in sums.iter_mut().zip(colour) {
                        *sum += u16::from(part);
                    }
                }
            }
        }
        let part = |sum: u16| u8::try_from(sum / covered.max(1)).unwrap_or(u8::MAX);
        let opacity = u8::try_from(covered * 255 / (SAMPLES * SAMPLES)).unwrap_or(u8::MAX);
        [part(sums[0]), part(sums[1]), part(sums[2]), opacity]
    }

    /// The colour at a point of the grid; nothing beside the tile.
    fn colour_at(&self, x: f32, y: f32) -> Option<Colour> {
        let inside = inside_tile(x, y);
        if inside < 0.0 {
            return None;
        }
        if inside < 1.6 {
            // Along each side, one of the two runs on.
            let broken = self.picture.known != Extent::Everything && (x + y).rem_euclid(6.0) < 2.6;
            return Some(if broken { PAPER } else { INK });
        }
        Some(if self.is_marked(x, y) { self.mark } else { self.fill })
    }

    fn is_marked(&self, x: f32, y: f32) -> bool {
        if self.picture.known == Extent::Nothing {
            return is_question(x, y);
        }
        let corner = x + y;
        let folded = match self.picture.reached {
            Reached::Never => false,
            Reached::Later => (9.0..11.0).contains(&corner),
            Reached::Now => corner < 11.0,
        };
        folded
            || match self.bars {
                Some((count, tall)) => is_bar(count, tall, x, y),
                None => is_exclamation(x, y),
            }
    }
}

/// How far inside the tile a point is; below zero outside.
fn inside_tile(x: f32, y: f32) -> f32 {
    const HALF: f32 = GRID / 2.0 - 0.25;
    const RADIUS: f32 = 4.5;
    let beyond = |at: f32| ((at - GRID / 2.0).abs() - (HALF - RADIUS)).max(0.0);
    let (across, down) = (beyond(x), beyond(y));
    if across > 0.0 || down > 0.0 {
        return RADIUS - across.hypot(down);
    }
    let middle = (x - GRID / 2.0).abs().max((y - GRID / 2.0).abs());
    HALF - middle
}

/// Bars that rise from left to right; those above the level are stubs.
fn is_bar(count: u8, tall: u8, x: f32, y: f32) -> bool {
    const LEFT: f32 = 3.4;
    const WIDTH: f32 = GRID - 2.0 * LEFT;
    const GAP: f32 = 0.9;
    const BOTTOM: f32 = 20.4;
    let step = (WIDTH + GAP) / f32::from(count.max(1));
    (1..=count).any(|bar| {
        let left = LEFT + f32::from(bar - 1) * step;
        let height = if bar <= tall { 5.0 + 10.5 * f32::from(bar) / f32::from(count) } else { 1.7 };
        (left..left + step - GAP).contains(&x) && (BOTTOM - height..BOTTOM).contains(&y)
    })
}

fn is_question(x: f32, y: f32) -> bool {
    let (across, down) = (x - 12.0, y - 9.0);
    let arc = (2.6..5.2).contains(&across.hypot(down)) && (down < 0.6 || across > 0.0);
    let stem = across.abs() < 1.3 && (12.0..15.0).contains(&y);
    arc && y < 14.2 || stem || is_dot(x, y)
}

/// What has no rank has no bars.
fn is_exclamation(x: f32, y: f32) -> bool {
    (x - 12.0).abs() < 1.6 && (6.0..15.0).contains(&y) || is_dot(x, y)
}

fn is_dot(x: f32, y: f32) -> bool {
    (x - 12.0).hypot(y - 18.2) < 1.7
}

/// `#rrggbb`.
fn colour(text: &str) -> Option<Colour> {
    let digits = text.strip_prefix('#')?;
    let part = |from: usize| u8::from_str_radix(digits.get(from..from + 2)?, 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

/// How light a colour is, as WCAG 2.2 has it, 0 to 1.
fn luminance(colour: Colour) -> f32 {
    let linear = |part: u8| {
        let part = f32::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    let [red, green, blue] = colour.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// How well two colours are told apart, as WCAG 2.2 has it, 1 to 21.
fn contrast(one: Colour, other: Colour) -> f32 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use ecosante_domain::scale::Scale;

    use super::*;

    /// What is left for who tells light from dark alone: each pixel on paper, as ink or none.
    fn shape(picture: Picture, size: u32) -> Vec<bool> {
        let pixels = draw(picture, size);
        let fill = luminance(Drawing::of(picture).fill);
        pixels
            .chunks_exact(4)
            .map(|pixel| {
                let light = luminance([pixel[0], pixel[1], pixel[2]]);
                pixel[3] > 128 && (light - fill).abs() > 0.2
            })
            .collect()
    }

    fn pictures(scale: Scale) -> Vec<Picture> {
        let mut pictures = vec![Picture::UNKNOWN];
        for level in 1..=scale.levels() {
            for reached in [Reached::Never, Reached::Later, Reached::Now] {
                for known in [Extent::Part, Extent::Everything] {
                    pictures.push(Picture { level: Some((scale, level)), reached, known });
                }
            }
        }
        pictures
    }

    #[test]
    fn every_level_and_what_it_is_worth_has_a_shape_of_its_own_at_every_size() {
        for scale in Scale::ALL {
            for size in [16, 22, 48] {
                let pictures = pictures(scale);
                let shapes: BTreeSet<_> = pictures.iter().map(|it| shape(*it, size)).collect();
                assert_eq!(shapes.len(), pictures.len(), "{scale} at {size}");
            }
        }
    }

    #[test]
    fn only_a_level_that_matters_has_its_colour_and_what_is_unknown_has_none() {
        let green = Scale::Vigilance.colour(1).and_then(colour).expect("a colour");
        let has_green =
            |picture: Picture| draw(picture, 48).chunks_exact(4).any(|pixel| pixel[..3] == green);
        let level = Some((Scale::Vigilance, 1));
        let everything = Extent::Everything;
        assert!(has_green(Picture { level, reached: Reached::Now, known: everything }));
        assert!(!has_green(Picture { level, reached: Reached::Never, known: everything }));
        assert!(!has_green(Picture { level, reached: Reached::Never, known: Extent::Nothing }));
    }

    #[test]
    fn marks_stand_out_from_the_official_colours() {
        for scale in Scale::ALL {
            for level in 1..=scale.levels() {
                let level = Some((scale, level));
                let drawing = Drawing::of(Picture {
                    level,
                    reached: Reached::Now,
                    known: Extent::Everything,
                });
                let contrast = contrast(drawing.fill, drawing.mark);
                assert!(contrast >= 3.0, "{level:?}: {contrast}");
            }
        }
    }
}
