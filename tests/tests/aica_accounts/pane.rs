//! The detail pane by keyboard, and in light and dark.

use jiff::{Timestamp, ToSpan};
use journeys::{Hand, Looks, Window};
use portal::NewEntitled;
use thirtyfour::Key;

use crate::world::World;

/// The most Tab stops before the first folded section.
const MOST_STOPS: usize = 8;

/// The test id of what has the keyboard; `fold` inside the folded sections.
const FOCUSED: &str = "const now = document.activeElement;
return now.closest('[data-testid=detail-folds]') ? 'fold' : now.dataset.testid ?? now.tagName";

#[tokio::test(flavor = "multi_thread")]
async fn tab_reaches_the_folded_sections_after_eight_stops() -> anyhow::Result<()> {
    let world = World::connected()?;
    world.packages()?;
    let file = world.session.home().join(".aica-license.toml");
    world.licet(&[
        "export",
        "cell",
        "--format",
        "launcher-toml",
        "--to",
        &file.display().to_string(),
        "--keep",
    ])?;
    let mut looks = Looks::default();
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.select("cell").await?;
    hand.first_like("seat-release-").await?;
    hand.first_like("file-state-").await?;
    looks.at(&window, "aica-pane").await?;

    window.press(Key::Enter).await?;
    // Enter goes to the first control of the pane.
    let first: String = window.driver().execute(FOCUSED, vec![]).await?.convert()?;
    let mut stops = vec![first];
    loop {
        window.press(Key::Tab).await?;
        let now: String = window.driver().execute(FOCUSED, vec![]).await?.convert()?;
        if now == "fold" {
            break;
        }
        stops.push(now);
        anyhow::ensure!(stops.len() <= MOST_STOPS, "{stops:?}");
    }
    let reached = |testid: &str| stops.iter().any(|stop| stop.starts_with(testid));
    assert!(
        ["export-open", "key-copy", "detail-renew", "seat-release-"].iter().all(|one| reached(one)),
        "{stops:?}"
    );

    window.press(Key::Enter).await?;
    window.find("package-core").await?;
    for kind in ["certificate", "rules", "technical", "history"] {
        hand.unfold(kind).await?;
    }
    looks.at(&window, "aica-pane-open").await?;
    window.close().await?;
    looks.judged()
}

#[tokio::test(flavor = "multi_thread")]
async fn long_name_fits_a_narrow_and_a_wide_pane() -> anyhow::Result<()> {
    let world = World::new()?;
    let name = "Robot cell 07, welding line north, second shift (replacement of cell-06-old)";
    let expires = Some(Timestamp::now() + (5 * 24).hours());
    let key =
        world.license(NewEntitled { name: Some(name.to_owned()), expires, ..NewEntitled::default() })?;
    world.service.add_machine(&key, "5c:1f:0a:77:21:e0", "welding-north-cell-07.plant.example.com", None)?;
    world.connect(&world.portal.url())?;
    let mut looks = Looks::default();
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.select(name).await?;
    hand.first_like("seat-release-").await?;
    let cut = "const pane = document.getElementById('detail-pane');
        return [...pane.querySelectorAll('button')].filter((one) => {
            const { left, right } = one.getBoundingClientRect();
            const { left: from, right: to } = pane.getBoundingClientRect();
            return left < from || right > to;
        }).length";
    for width in [300, 384, 600] {
        let resize = "document.getElementById('detail-pane').parentElement.style.width = `${arguments[0]}px`";
        window.driver().execute(resize, vec![width.into()]).await?;
        looks.at(&window, &format!("aica-pane-{width}")).await?;
        let beside: u64 = window.driver().execute(cut, vec![]).await?.convert()?;
        assert_eq!(beside, 0, "a button is cut at {width} pixels");
    }
    window.close().await?;
    looks.judged()
}
