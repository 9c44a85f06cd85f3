"""Documents for the office: Word, PowerPoint and Excel, each native, so that people can go on with them."""
