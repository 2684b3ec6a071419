"""What goes with work, and is none: the words for it."""

from __future__ import annotations

THINGS = frozenset(
    """
    parking garage lot lots ramp valet shuttle car rental hotel inn motel airbnb lodging housing apartment condo
    accommodation lounge cafeteria kitchen coffee food meal meals lunch dinner breakfast snacks gym pool flight flights
    airfare travel mileage airport train bus road roads highway bridge interstate traffic weather snow construction
    elevator elevators door gate entrance badge badges key keys locker lockers scrubs headlamp wifi wi-fi password
    login portal app website link software emr ehr epic template templates dictation phone phones pager vpn token
    equipment supplies ultrasound mri lab pharmacy helipad pad ambulance malpractice indemnity insurance tail licence
    license licenses dea acls bls pals atls cme certification certifications privileges credentials credentialing
    paperwork packet references vaccine vaccines vaccination cv resume w9 w-9 paycheck paychecks payroll
    timesheet timesheets reimbursement receipts orientation onboarding training module modules attestation bylaws
    mailbox inbox newsletter handoff sign-out signout huddle wedding recital graduation birthday anniversary
    daycare sitter nanny cruise office printer keyboard fridge microwave laundry linens wind heat clock
    """.split()
)
"""What is by no means a shift, whatever is said of it."""
