"""Breaking the store on purpose: disks that fail, forget or lie, and stores that deserve to be caught."""
