# What the app says on a desktop outside its window: the icon in the tray, and going on without one.

glance-no-place = No place yet.
glance-nobody = Your places concern nobody yet.
glance-calm = { $count ->
    [one] Nothing reaches a limit today at your place.
   *[other] Nothing reaches a limit today at your { $count } places.
}
tray-starting = Just a moment…
tray-open = Open Écosanté
tray-check = Check now
tray-quiet = Quiet until tomorrow morning
tray-quit = Quit Écosanté
quiet-until = Quiet until { $until }; red vigilance and the alert level of pollution are told all the same.

background-title = Écosanté goes on watching
background-tray = Its icon stays in the tray: click it to open the window, or choose “Quit Écosanté” there to end it.
background-no-tray = Start Écosanté again to open its window. To end it, press Ctrl+Q there.
background-settings = The settings say what closing the window does.
error-desktop-not-kept = This could not be set: your system refuses.
