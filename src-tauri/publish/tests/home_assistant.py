"""Runs Home Assistant on a configuration, with files that are served to it one after the other, and
says what its sensors and its automation did.

home_assistant.py FOLDER CODE FILE…: the folder has configuration.yaml, in which files are asked of
https://example.org; of a file that is called `none` the server knows nothing.
"""

import asyncio
import http.server
import json
import logging
import pathlib
import sys
import threading

try:
    from homeassistant import bootstrap, config, config_entries, core, loader
    from homeassistant.helpers import update_coordinator
    from homeassistant.setup import async_setup_component
except ImportError as error:
    # Another Python than it was made for.
    json.dump({"missing": str(error)}, sys.stdout)
    sys.exit()

SOURCE = "sensor.ecosante_lyon"
folder, code, *files = sys.argv[1:]
served = {"file": files[0], "asked": []}
complaints = []


class Complaints(logging.Handler):
    """What Home Assistant writes into its log in the way of warnings."""

    def emit(self, record):
        complaints.append(f"{record.name}: {record.getMessage()}")


class Files(http.server.BaseHTTPRequestHandler):
    """Whoever publishes the files."""

    def do_GET(self):
        served["asked"].append(self.path)
        found = self.path == f"/v1/commune/{code}.json" and served["file"] != "none"
        body = pathlib.Path(served["file"]).read_bytes() if found else b"not found"
        self.send_response(200 if found else 404)
        self.send_header("content-type", "application/json" if found else "text/plain")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Says nothing."""


async def run():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Files)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    written = pathlib.Path(folder, "configuration.yaml")
    address = f"http://127.0.0.1:{server.server_port}"
    written.write_text(written.read_text().replace("https://example.org", address))

    # Whoever asks twice within ten seconds is kept waiting otherwise.
    update_coordinator.REQUEST_REFRESH_DEFAULT_COOLDOWN = 0.1
    logging.getLogger().addHandler(Complaints(level=logging.WARNING))
    hass = core.HomeAssistant(folder)
    # Everything is installed already: nothing is fetched.
    hass.config.skip_pip = True
    loader.async_setup(hass)
    hass.config_entries = config_entries.ConfigEntries(hass, {})
    await hass.config_entries.async_initialize()
    await bootstrap.async_load_base_functionality(hass)
    read = await config.async_hass_config_yaml(hass)
    await config.async_process_ha_core_config(hass, read.pop("homeassistant"))
    notified = []

    async def notify(call):
        notified.append(dict(call.data))

    hass.services.async_register("notify", "notify", notify)
    # The recorder is a data base, of which the configuration says only what it leaves out.
    read.pop("recorder")
    for name in ["homeassistant", *read]:
        assert await async_setup_component(hass, name, read), f"{name} is refused"
    await hass.async_start()
    await hass.async_block_till_done()

    seen = []
    for file in files:
        served["file"] = file
        before = len(served["asked"])
        await hass.services.async_call(
            "homeassistant", "update_entity", {"entity_id": SOURCE}, blocking=True
        )
        while len(served["asked"]) == before:
            await asyncio.sleep(0.05)
        # Its answer is taken in after it was given.
        await asyncio.sleep(0.3)
        await hass.async_block_till_done()
        states = {
            state.entity_id: {"state": state.state, **state.attributes}
            for state in hass.states.async_all("sensor")
            if state.entity_id != SOURCE
        }
        seen.append({"states": states, "notified": list(notified)})
        notified.clear()
    await hass.async_stop()
    return {"seen": seen, "asked": served["asked"], "complaints": complaints}


answer = asyncio.run(run())
json.dump(answer, sys.stdout, default=str)
