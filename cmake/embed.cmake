# Embeds the pages into the binary; see src/api/embed.
