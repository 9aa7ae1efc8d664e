//! Another program from which files are dragged onto a window, by the X drag-and-drop protocol (XDND, version 5).

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use anyhow::Context;
use x11rb::{
    connection::Connection,
    protocol::{
        Event,
        xproto::{
            AtomEnum, ClientMessageEvent, ConnectionExt, CreateWindowAux, EventMask, PropMode,
            SELECTION_NOTIFY_EVENT, SelectionNotifyEvent, SelectionRequestEvent, Window as XWindow,
            WindowClass,
        },
    },
    wrapper::ConnectionExt as _,
};

use crate::desktop::{Desktop, file_address};

/// Longer than any program takes to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Drags these files over the middle of the window and lets them go there; done when the window says that it has them.
pub(crate) fn drop_files(display: &str, process: u32, files: &[PathBuf]) -> anyhow::Result<()> {
    let desktop = Desktop::of(display)?;
    let target = xtask::wait::until("the window", PATIENCE, || desktop.window_of(process))?;
    let source = Source::new(&desktop, target, files)?;
    source.enter()?;
    // The first position may come before the window has looked at what is dragged: a hand moves on and asks again.
    let taken = (0..50).map(|step| source.hover(step)).find(|taken| !matches!(taken, Ok(false)));
    taken.context("the window refuses the files")??;
    source.let_go()
}

struct Source<'a> {
    desktop: &'a Desktop,
    window: XWindow,
    target: XWindow,
    addresses: String,
}

impl<'a> Source<'a> {
    fn new(desktop: &'a Desktop, target: XWindow, files: &[PathBuf]) -> anyhow::Result<Self> {
        let connection = &desktop.connection;
        let window = connection.generate_id()?;
        let depth = x11rb::COPY_DEPTH_FROM_PARENT;
        let (class, look) = (WindowClass::INPUT_OUTPUT, CreateWindowAux::new());
        connection.create_window(depth, window, desktop.root, 0, 0, 1, 1, 0, class, 0, &look)?.check()?;
        connection
            .set_selection_owner(window, desktop.atom("XdndSelection")?, x11rb::CURRENT_TIME)?
            .check()?;
        let lines = files.iter().map(|file| Ok(file_address(file)? + "\r\n"));
        Ok(Self { desktop, window, target, addresses: lines.collect::<anyhow::Result<_>>()? })
    }

    fn enter(&self) -> anyhow::Result<()> {
        let version = 5 << 24;
        self.tell("XdndEnter", [self.window, version, self.desktop.atom("text/uri-list")?, 0, 0])
    }

    /// Whether the window would take the files in its middle, a few points on at each step.
    fn hover(&self, step: u32) -> anyhow::Result<bool> {
        let size = self.desktop.connection.get_geometry(self.target)?.reply()?;
        let (x, y) = (u32::from(size.width) / 2 + step, u32::from(size.height) / 2);
        let corner =
            self.desktop.connection.translate_coordinates(self.target, self.desktop.root, 0, 0)?.reply()?;
        let place =
            (u32::from(corner.dst_x.unsigned_abs()) + x) << 16 | (u32::from(corner.dst_y.unsigned_abs()) + y);
        let copy = self.desktop.atom("XdndActionCopy")?;
        self.tell("XdndPosition", [self.window, 0, place, x11rb::CURRENT_TIME, copy])?;
        Ok(self.answer("XdndStatus")?.data.as_data32()[1] & 1 == 1)
    }

    fn let_go(&self) -> anyhow::Result<()> {
        self.tell("XdndDrop", [self.window, 0, x11rb::CURRENT_TIME, 0, 0])?;
        let took = self.answer("XdndFinished")?.data.as_data32()[1] & 1 == 1;
        anyhow::ensure!(took, "the window did not take the files");
        Ok(())
    }

    fn tell(&self, kind: &str, content: [u32; 5]) -> anyhow::Result<()> {
        self.desktop.tell(self.target, kind, content)
    }

    /// Waits for a message of this kind; hands out the files to who asks for them meanwhile.
    fn answer(&self, kind: &str) -> anyhow::Result<ClientMessageEvent> {
        let (kind_number, start) = (self.desktop.atom(kind)?, Instant::now());
        while start.elapsed() < PATIENCE {
            match self.desktop.connection.poll_for_event()? {
                Some(Event::ClientMessage(message)) if message.type_ == kind_number => return Ok(message),
                Some(Event::SelectionRequest(asked)) => self.hand_out(&asked)?,
                Some(_) => {}
                None => std::thread::sleep(Duration::from_millis(2)),
            }
        }
        anyhow::bail!("the window answers no {kind}")
    }

    fn hand_out(&self, asked: &SelectionRequestEvent) -> anyhow::Result<()> {
        let connection = &self.desktop.connection;
        let is_known = asked.target == self.desktop.atom("text/uri-list")?;
        if is_known {
            let bytes = self.addresses.as_bytes();
            connection.change_property8(
                PropMode::REPLACE,
                asked.requestor,
                asked.property,
                asked.target,
                bytes,
            )?;
        }
        let told = SelectionNotifyEvent {
            response_type: SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: asked.time,
            requestor: asked.requestor,
            selection: asked.selection,
            target: asked.target,
            property: if is_known { asked.property } else { AtomEnum::NONE.into() },
        };
        connection.send_event(false, asked.requestor, EventMask::NO_EVENT, told)?.check()?;
        Ok(())
    }
}
