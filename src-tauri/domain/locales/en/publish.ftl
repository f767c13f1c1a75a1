# What publishing for other tools says.

cli-publish = Write the public indices of all communes as files for other tools
cli-publish-out = The folder to publish into; a web server serves what “current” in it points to
cli-publish-all = Ask every source, due or not
cli-publish-departement = Publish the communes of these départements alone
publish-done = { $written ->
    [0] Nothing has changed in { $files } files.
    [one] One of { $files } files is new or has changed.
   *[other] { $written } of { $files } files are new or have changed.
}
publish-failed = { $source }: { $why }. What it published last stays, with its age.
error-publish-folder = “{ $path }” cannot be used: { $why }
error-publish-departement = There is no département “{ $given }”. Give codes such as 69 or 2A, separated by commas.
error-publish-busy = Another publication into this folder is under way. Wait for its end.
error-publish-nothing = No source has answered, and nothing was ever published here. Try again when there is a network.
publish-left-out-terms = Its free service is for non-commercial use, and who would read this is not known. Ask it yourself.
publish-left-out-size = It answers for some communes at a time: asking it for all would be thousands of questions. Ask it for the communes you need.
